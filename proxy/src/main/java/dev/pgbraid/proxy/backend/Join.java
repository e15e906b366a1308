package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.DataRow;
import dev.pgbraid.proxy.session.Question;
import java.util.List;
import java.util.Optional;

/// Lets a backend join the epoch by which its statements are routed.
///
/// A backend that cannot is closed, unless its shard has a newer epoch, which has to be learned first.
final class Join implements Question {
    private final Backend backend;
    private final RoutingEpoch routing;
    private final long epoch;
    private long newest;
    private String problem = "no answer to pgbraid.join";

    Join(Backend backend, RoutingEpoch routing) {
        this.backend = backend;
        this.routing = routing;
        this.epoch = routing.current();
    }

    /// The function must see what others commit, whatever the defaults of the login are.
    @Override
    public String sql() {
        return "BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pgbraid.join(" + epoch
                + "); COMMIT";
    }

    @Override
    public void received(DataRow row) {
        if (row.values().getFirst() instanceof WireValue.Bytes(ByteString text)) {
            newest = Long.parseLong(text.toString());
            problem = "";
        }
    }

    @Override
    public Optional<List<BackendMessage>> inPlaceOf(ErrorFields error) {
        problem = "the placement cannot be joined: "
                + error.get(ErrorFields.MESSAGE).orElse(ByteString.EMPTY);
        return Optional.of(List.of());
    }

    @Override
    public void confirmed() {
        if (!problem.isEmpty()) {
            backend.fail(problem, false);
        } else if (newest <= epoch) {
            backend.joined(epoch);
        } else {
            routing.isOutdated();
        }
    }
}
