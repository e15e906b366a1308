package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.router.RoutedStatement;
import dev.pgbraid.router.plan.Explanation;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.session.SessionStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the proxy answers where no shard has to or can: that a transaction begins while there is no backend, and
/// `EXPLAIN (ROUTE)`.
final class LocalStatements {
    private final LocalAnswers answers;
    private final OpenTransaction transaction;
    private final Map<String, Portal> portals = new HashMap<>(0);

    sealed interface Portal {}

    private record Control(SessionStatement statement, ByteString text) implements Portal {}

    private record Rows(LocalAnswers.Table table) implements Portal {}

    /// The call of a function of the proxy's own; [OwnCalls] runs it.
    ///
    /// @param text of its statement
    record Call(String function, ByteString text) implements Portal {}

    LocalStatements(LocalAnswers answers, OpenTransaction transaction) {
        this.answers = answers;
        this.transaction = transaction;
    }

    /// Whether no shard has to run a statement, as things are.
    boolean has(RoutedStatement statement, boolean hasBackend) {
        return statement.explainsRoute()
                || statement.ownCall().isPresent()
                || (!hasBackend && transaction.controls(statement.session()));
    }

    /// Runs a simple query.
    void query(RoutedStatement statement, byte[] text) {
        if (statement.explainsRoute()) {
            LocalAnswers.Table table = explanation(statement, Parameters.NONE);
            answers.describe(table);
            answers.rows(table);
        } else {
            transaction.perform(statement.session(), text).ifPresent(answers::done);
        }
    }

    /// Describes a prepared statement.
    void describe(RoutedStatement statement) {
        answers.hasNoParameters();
        if (statement.explainsRoute()) {
            answers.describe(explanation(statement, Parameters.NONE));
        } else {
            statement.ownCall().ifPresentOrElse(this::describeCall, answers::hasNoData);
        }
    }

    private void describeCall(String function) {
        answers.describe(OwnCalls.answer(function, ""));
    }

    void bind(String portal, RoutedStatement statement, Parameters parameters, byte[] text) {
        portals.put(portal, portal(statement, parameters, ByteString.copyOf(text)));
        answers.bound();
    }

    private static Portal portal(RoutedStatement statement, Parameters parameters, ByteString text) {
        return statement.explainsRoute()
                ? new Rows(explanation(statement, parameters))
                : statement
                        .ownCall()
                        .<Portal>map(function -> new Call(function, text))
                        .orElseGet(() -> new Control(statement.session(), text));
    }

    private static LocalAnswers.Table explanation(RoutedStatement statement, Parameters parameters) {
        Explanation explanation = statement.route().explain(parameters);
        return new LocalAnswers.Table(
                List.of("ROUTE"), explanation.rows().stream().map(List::of).toList(), "EXPLAIN");
    }

    boolean hasPortals() {
        return !portals.isEmpty();
    }

    boolean hasPortal(String name) {
        return portals.containsKey(name);
    }

    void describePortal(String name) {
        switch (portals.get(name)) {
            case Rows(LocalAnswers.Table table) -> answers.describe(table);
            case Call(String function, var _) -> describeCall(function);
            case Control _ -> answers.hasNoData();
            case null -> answers.hasNoData();
        }
    }

    /// The call that a portal is; nothing if it is something else.
    Optional<Call> call(String portal) {
        return portals.get(portal) instanceof Call call ? Optional.of(call) : Optional.empty();
    }

    /// Runs a portal; false if it cannot be run any more.
    boolean execute(String name) {
        return switch (portals.get(name)) {
            case Control(SessionStatement statement, ByteString text) -> {
                Optional<String> tag = transaction.perform(statement, text.toByteArray());
                tag.ifPresent(answers::done);
                yield tag.isPresent();
            }
            case Rows(LocalAnswers.Table table) -> {
                answers.rows(table);
                yield true;
            }
            case Call _ -> false;
            case null -> false;
        };
    }

    void close(String portal) {
        portals.remove(portal);
    }

    void closeAll() {
        portals.clear();
    }
}
