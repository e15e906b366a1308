package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.BackendStatements;
import dev.pgbraid.proxy.backend.BackendUnnamed;
import dev.pgbraid.proxy.session.ClientStatements;
import dev.pgbraid.proxy.session.PreparedStatement;
import dev.pgbraid.proxy.session.StatementCache;
import dev.pgbraid.proxy.session.StatementDescription;
import dev.pgbraid.proxy.session.UnnamedStatement;
import java.util.List;
import java.util.Optional;

/// Puts statements on backends as their clients know them.
///
/// A table may have changed since a statement was prepared elsewhere. So it is described where it is prepared again,
/// and used only if its rows look as the client expects them; this costs a round trip once for each backend.
final class StatementCheck {
    private final StatementCache cache;

    StatementCheck(StatementCache cache) {
        this.cache = cache;
    }

    /// Makes sure of a named statement.
    ///
    /// @param describing whether the message that is for it is a Describe
    /// @return [ClientRequests#UNCHANGED] if the server has it, else what becomes of that message
    int ensure(ClientStatements.Named named, Backend backend, boolean describing) {
        BackendStatements there = backend.statements();
        PreparedStatement statement = named.statement();
        StatementDescription known = named.description();
        if (!there.has(statement)) {
            there.restore(named, aheadOfError(known, describing));
        }
        StatementDescription found = there.use(statement);
        if (found.equals(known) || found.isLike(known)) {
            return ClientRequests.UNCHANGED;
        }
        if (!known.isKnown()) {
            named.describedBy(found);
            return ClientRequests.UNCHANGED;
        }
        if (!found.isKnown()) {
            there.describe(statement);
            return awaitAnswer(backend);
        }
        if (!named.isAlone()) {
            // Another client has prepared the text here since the table changed.
            named.separate(cache);
            return ensure(named, backend, describing);
        }
        there.close(statement);
        return refuse(backend, aheadOfError(known, describing));
    }

    /// Makes sure of the unnamed statement.
    ///
    /// @param describing whether the message that is for it is a Describe
    /// @return as for a named one
    int ensure(UnnamedStatement unnamed, Backend backend, boolean describing) {
        BackendUnnamed there = backend.unnamed();
        if (!unnamed.exists()) {
            there.close();
            return ClientRequests.UNCHANGED;
        }
        Optional<BackendMessage> ahead = aheadOfError(unnamed.description(), describing);
        if (!there.has(unnamed)) {
            there.restore(unnamed, ahead);
        }
        return switch (there.likeness(unnamed)) {
            case SURE -> ClientRequests.UNCHANGED;
            case AWAITED -> awaitAnswer(backend);
            case OTHER -> {
                there.forget();
                yield refuse(backend, ahead);
            }
        };
    }

    /// A server that describes a statement says what it knows of the parameters before it looks for changes.
    private static Optional<BackendMessage> aheadOfError(StatementDescription known, boolean describing) {
        return describing ? known.parameterDescription().map(BackendMessage.class::cast) : Optional.empty();
    }

    private static int awaitAnswer(Backend backend) {
        backend.flushServer();
        return ClientRequests.UNSETTLED;
    }

    private static int refuse(Backend backend, Optional<BackendMessage> ahead) {
        BackendMessage error = new ErrorResponse(StatementErrors.changedResult());
        backend.refuse(ahead.map(message -> List.of(message, error)).orElse(List.of(error)));
        return ClientRequests.REPLACED;
    }
}
