package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.router.RoutedStatement;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.plan.Explanation;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.session.SessionStatement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the proxy answers where no shard has to or can: that a transaction begins while there is no backend,
/// `EXPLAIN (ROUTE)`, and `SHOW pgbraid.…`.
final class LocalStatements {
    private final LocalAnswers answers;
    private final OpenTransaction transaction;
    private final RoutedDatabase database;
    private final Viewpoint viewpoint;
    private final Map<String, Portal> portals = new HashMap<>(0);

    sealed interface Portal {}

    private record Control(SessionStatement statement, ByteString text) implements Portal {}

    private record Rows(LocalAnswers.Table table) implements Portal {}

    /// The call of a function of the proxy's own; [OwnCalls] runs it.
    ///
    /// @param text of its statement
    record Call(String function, ByteString text) implements Portal {}

    LocalStatements(LocalAnswers answers, OpenTransaction transaction, RoutedDatabase database, Viewpoint viewpoint) {
        this.answers = answers;
        this.transaction = transaction;
        this.database = database;
        this.viewpoint = viewpoint;
    }

    /// Whether no shard has to run a statement, as things are.
    boolean has(RoutedStatement statement, boolean hasBackend) {
        return statement.explainsRoute()
                || statement.ownCall().isPresent()
                || isShown(statement)
                || (!hasBackend && transaction.controls(statement.session()));
    }

    private boolean isShown(RoutedStatement statement) {
        return statement.session() instanceof SessionStatement.Show(String name)
                && !transaction.isFailed()
                && ShownState.has(name, database.state());
    }

    /// The rows of a statement that has some.
    private Optional<LocalAnswers.Table> table(RoutedStatement statement, Parameters parameters) {
        if (statement.explainsRoute()) {
            return Optional.of(explanation(statement, parameters));
        }
        return isShown(statement) && statement.session() instanceof SessionStatement.Show(String name)
                ? Optional.of(ShownState.of(name, database.state(), viewpoint.perspective()))
                : Optional.empty();
    }

    /// Runs a simple query.
    void query(RoutedStatement statement, byte[] text) {
        Optional<LocalAnswers.Table> rows = table(statement, Parameters.NONE);
        if (rows.isPresent()) {
            LocalAnswers.Table table = rows.get();
            answers.describe(table);
            answers.rows(table);
        } else {
            transaction.perform(statement.session(), text).ifPresent(answers::done);
        }
    }

    /// Describes a prepared statement.
    ///
    /// @param types of its parameters as far as they are declared
    void describe(RoutedStatement statement, List<Integer> types) {
        answers.hasParameters(statement.route().lastParameter(), types);
        Optional<LocalAnswers.Table> rows = table(statement, Parameters.NONE);
        if (rows.isPresent()) {
            answers.describe(rows.get());
        } else {
            statement.ownCall().ifPresentOrElse(this::describeCall, answers::hasNoData);
        }
    }

    private void describeCall(String function) {
        answers.describe(OwnCalls.answer(function, ""));
    }

    void bind(String portal, RoutedStatement statement, Parameters parameters, byte[] text) {
        portals.put(
                portal,
                table(statement, parameters)
                        .<Portal>map(Rows::new)
                        .orElseGet(() -> portal(statement, parameters, text)));
        answers.bound();
    }

    private Portal portal(RoutedStatement statement, Parameters parameters, byte[] text) {
        TextRules rules = viewpoint.perspective().rules();
        return statement
                .ownCall()
                .<Portal>map(function -> new Call(function, ByteString.copyOf(CallText.of(text, parameters, rules))))
                .orElseGet(() -> new Control(statement.session(), ByteString.copyOf(text)));
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
