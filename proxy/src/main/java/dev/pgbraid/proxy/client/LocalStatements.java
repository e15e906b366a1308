package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.router.RoutedStatement;
import dev.pgbraid.router.session.SessionStatement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a session without a backend is answered, where no shard has to: above all, that its transaction begins.
final class LocalStatements {
    private final LocalAnswers answers;
    private final HeldTransaction held;
    private final Map<String, Portal> portals = new HashMap<>(0);

    private record Portal(SessionStatement statement, ByteString text) {}

    LocalStatements(LocalAnswers answers, HeldTransaction held) {
        this.answers = answers;
        this.held = held;
    }

    /// Whether no shard has to run a statement, as things are.
    boolean has(RoutedStatement statement) {
        return held.controls(statement.session());
    }

    /// Runs a simple query; false if a shard has to.
    boolean query(RoutedStatement statement, byte[] text) {
        Optional<String> tag = held.perform(statement.session(), text);
        tag.ifPresent(answers::done);
        return tag.isPresent();
    }

    void bind(String portal, RoutedStatement statement, byte[] text) {
        portals.put(portal, new Portal(statement.session(), ByteString.copyOf(text)));
        answers.bound();
    }

    boolean hasPortal(String name) {
        return portals.containsKey(name);
    }

    /// Runs a portal; false if it cannot be run any more.
    boolean execute(String name) {
        Portal portal = portals.get(name);
        return portal != null && query(portal);
    }

    private boolean query(Portal portal) {
        Optional<String> tag = held.perform(portal.statement(), portal.text().toByteArray());
        tag.ifPresent(answers::done);
        return tag.isPresent();
    }

    void close(String portal) {
        portals.remove(portal);
    }

    void closeAll() {
        portals.clear();
    }
}
