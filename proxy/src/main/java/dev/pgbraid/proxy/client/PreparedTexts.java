package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.session.ClientStatements;
import dev.pgbraid.proxy.session.PreparedStatement;
import dev.pgbraid.proxy.session.RoutesMemo;
import dev.pgbraid.proxy.session.SessionChanges;
import dev.pgbraid.proxy.session.StatementCache;
import dev.pgbraid.proxy.session.UnnamedStatement;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The texts of what a client has prepared, by the names in its messages.
///
/// While there is no backend, statements are prepared and closed here alone; a backend gets them when they are used.
final class PreparedTexts {
    /// No batch of a backend has this number.
    private static final long NO_BATCH = -1;

    private final ClientRequests requests;
    private final StatementCache cache;

    PreparedTexts(ClientRequests requests, StatementCache cache) {
        this.requests = requests;
        this.cache = cache;
    }

    /// A prepared statement.
    static final class Text {
        private final ClientStatements.@Nullable Named named;
        private final byte[] body;
        private final RoutesMemo routes;
        private final SessionChanges changes;

        private Text(ClientStatements.@Nullable Named named, byte[] body, RoutesMemo routes, SessionChanges changes) {
            this.named = named;
            this.body = body;
            this.routes = routes;
            this.changes = changes;
        }

        /// The statement by its name, null for the unnamed one.
        ClientStatements.@Nullable Named named() {
            return named;
        }

        /// What begins with its text and parameter types, as in Parse.
        byte[] body() {
            return body;
        }

        /// Where it runs.
        RoutesMemo routes() {
            return routes;
        }

        /// What running it may change of the session.
        SessionChanges changes() {
            return changes;
        }

        byte[] statement() {
            int length = 0;
            while (body[length] != 0) {
                length++;
            }
            return Arrays.copyOf(body, length);
        }
    }

    /// The statement of a name, which is empty for the unnamed one; null if there is none.
    @Nullable
    Text find(ByteBuf in, int name, int length) {
        if (length == 0) {
            UnnamedStatement unnamed = requests.unnamed();
            return unnamed.exists() ? new Text(null, unnamed.text(), unnamed.routes(), unnamed.changes()) : null;
        }
        ClientStatements.Named named = requests.statements().find(in, name, length);
        if (named == null) {
            return null;
        }
        PreparedStatement statement = named.statement();
        return new Text(named, statement.body(), statement.routes(), statement.changes());
    }

    /// Whether there is no statement yet of the name in a Parse message.
    boolean isFree(ClientMessage parse, int nameEnd) {
        int length = nameEnd - parse.body();
        return length == 0 || requests.statements().find(parse.in(), parse.body(), length) == null;
    }

    /// Prepares the statement of a Parse message without a backend.
    ///
    /// @param changes what it may change of the session
    void prepare(ClientMessage parse, int nameEnd, SessionChanges changes) {
        int body = nameEnd + 1;
        ByteBuf in = parse.in();
        if (nameEnd == parse.body()) {
            requests.unnamed().prepare(in, body, parse.end() - body, changes);
            requests.unnamed().done();
        } else {
            PreparedStatement statement = cache.unshared(parse.copy(body, parse.end()), changes);
            requests.statements()
                    .prepare(ByteBufUtil.getBytes(in, parse.body(), nameEnd - parse.body()), statement, NO_BATCH)
                    .confirmed();
        }
    }

    /// Ends the statement of a name without a backend.
    void close(ByteBuf in, int name, int length) {
        if (length == 0) {
            endUnnamed();
        } else {
            requests.statements()
                    .close(ByteBufUtil.getBytes(in, name, length), NO_BATCH)
                    .confirmed();
        }
    }

    UnnamedStatement unnamed() {
        return requests.unnamed();
    }

    /// Ends the unnamed statement without a backend, as every simple query does.
    void endUnnamed() {
        requests.unnamed().end();
        requests.unnamed().done();
    }
}
