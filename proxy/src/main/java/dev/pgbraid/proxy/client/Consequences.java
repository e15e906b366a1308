package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.router.RoutedStatement;
import dev.pgbraid.router.session.SessionEffect;
import dev.pgbraid.router.session.SessionStatement;
import java.util.function.Supplier;

/// What a statement that is sent means for those that follow in its transaction.
final class Consequences {
    private final Session session;
    private final ClientRequests requests;
    private final OpenTransaction transaction;
    private final Viewpoint viewpoint;
    private final BoundParameters parameters = new BoundParameters();

    Consequences(Session session, ClientRequests requests, OpenTransaction transaction, Viewpoint viewpoint) {
        this.session = session;
        this.requests = requests;
        this.transaction = transaction;
        this.viewpoint = viewpoint;
    }

    /// A statement is sent that has no values of parameters.
    void runs(ClientMessage query, RoutedStatement statement, int textEnd) {
        // Between transactions the server is asked afterwards.
        if (session.attachedBackend().status() == TransactionStatus.IDLE && !transaction.isOpen()) {
            return;
        }
        Supplier<byte[]> text = () -> query.copy(query.body(), textEnd);
        viewpoint.runs(statement.session(), text);
        if (transaction.isOpen()) {
            opens(statement.session());
            transaction.runs(
                    statement.session(), text, false, () -> requests.changes(query.in(), query.body(), query.end()));
        }
    }

    void binds(ClientMessage bind, int portalEnd, RoutedStatement statement, PreparedTexts.Text text) {
        if (transaction.isOpen() && portalEnd > bind.body()) {
            transaction.opens(bind.name(bind.body(), portalEnd), here());
        } else {
            transaction.closes("");
        }
        runs(statement, text, transaction.isOpen() && hasValues(bind, statement.session(), text));
    }

    /// A prepared statement is run.
    void runs(RoutedStatement statement, PreparedTexts.Text text, boolean hasValues) {
        viewpoint.runs(statement.session(), text::statement);
        if (transaction.isOpen()) {
            opens(statement.session());
            transaction.runs(statement.session(), text::statement, hasValues, text::changes);
        }
    }

    private void opens(SessionStatement statement) {
        if (statement instanceof SessionStatement.DeclareCursor cursor) {
            transaction.opens(cursor.name(), here());
        }
    }

    private int here() {
        return session.shards().of(session.attachedBackend());
    }

    /// Whether a statement sets something by values that come with its Bind.
    boolean hasValues(ClientMessage bind, SessionStatement statement, PreparedTexts.Text text) {
        return statement instanceof SessionStatement.Other(var effects)
                && effects.contains(SessionEffect.SETTING)
                && parameters.read(bind, text.body(), 0) == BoundParameters.Reading.DONE
                && parameters.count() > 0;
    }
}
