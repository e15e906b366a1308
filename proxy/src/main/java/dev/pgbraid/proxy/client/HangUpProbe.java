package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.ParameterStatus;
import java.util.concurrent.TimeUnit;

/// Finds out whether a client that sends no more has hung up, or waits for its answers.
///
/// The two look the same, but one that has hung up answers with a reset whatever it is sent, and what is sent behind
/// that fails. So it is told twice what it knows already.
final class HangUpProbe {
    private static final long PERIOD_MILLIS = 500;
    private static final int TIMES = 2;
    private static final ParameterStatus KNOWN =
            new ParameterStatus(ByteString.utf8("integer_datetimes"), ByteString.utf8("on"));

    private final Session session;
    private int told;

    HangUpProbe(Session session) {
        this.session = session;
    }

    void begin() {
        session.loop().schedule(this::tell, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tell() {
        if (session.isClosed()) {
            return;
        }
        if (!session.isMidMessageToClient()) {
            KNOWN.encode(session.writer().append(64));
            session.writer().flush();
            told++;
        }
        if (told < TIMES) {
            begin();
        }
    }
}
