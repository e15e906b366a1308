package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.proxy.session.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Statements that the server is told by the client's names for them, ahead of the simple query that names them.
///
/// If that fails, the query does so too, for want of the statement. The client is told of the first error in place of
/// the second.
final class Exposure {
    /// How a query fails because of it.
    private static final Set<ByteString> CONSEQUENCES = Set.of(
            ByteString.utf8(SqlState.INVALID_SQL_STATEMENT_NAME.code()),
            ByteString.utf8(SqlState.IN_FAILED_SQL_TRANSACTION.code()));

    private @Nullable ErrorFields first;

    /// @param exposed what one statement's Parse decides
    Outcome of(Outcome exposed) {
        return new Outcome() {
            @Override
            public void confirmed() {
                exposed.confirmed();
            }

            @Override
            public void skipped() {
                exposed.skipped();
            }

            @Override
            public Optional<List<BackendMessage>> inPlaceOf(ErrorFields error) {
                first = first == null ? error : first;
                return Optional.of(List.of());
            }
        };
    }

    /// @param query what the query decides
    Outcome ofQuery(@Nullable Outcome query) {
        return new Outcome() {
            @Override
            public void confirmed() {
                if (query != null) {
                    query.confirmed();
                }
            }

            @Override
            public void skipped() {
                if (query != null) {
                    query.skipped();
                }
            }

            @Override
            public Optional<List<BackendMessage>> inPlaceOf(ErrorFields error) {
                boolean isConsequence = error.get(ErrorFields.CODE)
                        .filter(CONSEQUENCES::contains)
                        .isPresent();
                return first == null || !isConsequence
                        ? Optional.empty()
                        : Optional.of(List.of(new ErrorResponse(first)));
            }
        };
    }
}
