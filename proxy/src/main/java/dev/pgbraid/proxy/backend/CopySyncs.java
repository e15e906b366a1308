package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.frontend.Close;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.protocol.frontend.Target;
import dev.pgbraid.proxy.session.ExpectedResponses;
import dev.pgbraid.proxy.session.Outcome;

/// Finds out which of the Syncs that a client has sent inside a copy a server answers, when the copy has failed.
///
/// The server ignores a Sync among the data, but answers one that it comes to behind the data that it fails for, which
/// nobody else knows. So it is sent another one and a message with an answer of its own, and what it answers before
/// that is counted. The client's next messages wait meanwhile.
public final class CopySyncs implements Outcome {
    /// A portal that there never is, which can be closed at any time.
    private static final ByteString NO_PORTAL = ByteString.utf8("pgbraid copy");

    private static final int MESSAGE_BYTES = 64;

    private final Backend backend;

    /// Whether the server skips what comes until it has answered one of them.
    private final boolean skips;

    private CopySyncs(Backend backend, boolean skips) {
        this.backend = backend;
        this.skips = skips;
    }

    /// Asks the server, if that has to be and no message is half passed on.
    public static void settle(Backend backend) {
        ExpectedResponses responses = backend.responses();
        if (!responses.mustCountCopySyncs() || backend.isMidMessageToServer()) {
            return;
        }
        responses.countCopySyncs(new CopySyncs(backend, responses.isSkippingToSync()));
        new Sync().encode(backend.writer().append(MESSAGE_BYTES));
        new Close(Target.PORTAL, NO_PORTAL).encode(backend.writer().append(MESSAGE_BYTES));
        new Sync().encode(backend.writer().append(MESSAGE_BYTES));
        backend.writer().flush();
    }

    @Override
    public void confirmed() {
        int answered = backend.responses().copySyncsAnswered();
        Tenant tenant = backend.tenant();
        for (int i = 0; i < answered && tenant != null; i++) {
            tenant.received(Errors.encode(new ReadyForQuery(backend.status())));
        }
        if (skips && answered > 0) {
            backend.endBatch();
        }
    }
}
