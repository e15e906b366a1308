package dev.pgbraid.proxy.client;

import dev.pgbraid.config.LoggingConfig;
import dev.pgbraid.proxy.metrics.PlanKind;
import dev.pgbraid.proxy.session.ClientStatements;
import dev.pgbraid.router.lexer.ShownText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Writes down which requests of a session took long, if the configuration asks for that. While it does not, no text
/// is kept.
final class SlowLog {
    private static final Logger LOGGER = LoggerFactory.getLogger(SlowLog.class);
    private static final int TEXT_BYTES_MAX = 4 * 1024;
    private static final int SHOWN_MAX = 1000;
    private static final byte[] NO_TEXT = {};

    private final Session session;
    private final Worker worker;
    private byte[] text = NO_TEXT;
    private byte[] unnamed = NO_TEXT;
    private final List<String> parts = new ArrayList<>(0);

    SlowLog(Session session, Worker worker) {
        this.session = session;
        this.worker = worker;
    }

    private LoggingConfig config() {
        return worker.policy().logging();
    }

    private boolean isOn() {
        return config().slowStatement().isPresent();
    }

    /// A message of the client's is read, which begins at `at` and ends at `end`, as far as it is there.
    void reads(byte tag, ByteBuf in, int at, int end) {
        if (isOn()) {
            int body = Math.min(at + ClientMessage.HEADER_BYTES, end);
            switch (tag) {
                case 'Q' -> text = copy(in, body, end);
                case 'P' -> unnamed = in.indexOf(body, end, (byte) 0) == body ? copy(in, body + 1, end) : unnamed;
                case 'B' -> text = bound(in, in.indexOf(body, end, (byte) 0), end);
                default -> {}
            }
        }
    }

    /// The text of the statement whose name follows that of a portal.
    private byte[] bound(ByteBuf in, int portalEnd, int end) {
        int name = portalEnd + 1;
        int nameEnd = portalEnd < 0 ? -1 : in.indexOf(name, end, (byte) 0);
        if (nameEnd == name) {
            return unnamed;
        }
        ClientStatements.Named named =
                nameEnd < 0 ? null : session.requests().statements().find(in, name, nameEnd - name);
        return named == null ? NO_TEXT : upToZero(named.statement().body());
    }

    private static byte[] copy(ByteBuf in, int from, int end) {
        int length = Math.min(end - from, TEXT_BYTES_MAX);
        return upToZero(ByteBufUtil.getBytes(in, from, length));
    }

    private static byte[] upToZero(byte[] bytes) {
        int length = 0;
        while (length < Math.min(bytes.length, TEXT_BYTES_MAX) && bytes[length] != 0) {
            length++;
        }
        return Arrays.copyOf(bytes, length);
    }

    /// Shards have answered their parts of a statement.
    void fanned(List<FanBranch> branches) {
        if (isOn()) {
            for (FanBranch branch : branches) {
                branch.took().ifPresent(took -> parts.add(branch.name() + ": " + took.toMillis() + " ms"));
            }
        }
    }

    /// The client is told that its request has been answered.
    void answered(PlanKind plan, long nanos) {
        Optional<Duration> limit = config().slowStatement();
        if (limit.isPresent()) {
            if (nanos >= limit.get().toNanos()) {
                write(plan, nanos);
            }
            text = NO_TEXT;
            parts.clear();
        }
    }

    private void write(PlanKind plan, long nanos) {
        LoggingEventBuilder event = LOGGER.atWarn()
                .addKeyValue("client", session.channel().remoteAddress())
                .addKeyValue("user", session.identity().user().name())
                .addKeyValue("database", session.identity().database())
                .addKeyValue("plan", plan.label());
        if (!parts.isEmpty()) {
            event = event.addKeyValue("shards", parts.stream().collect(Collectors.joining(", ")));
        } else if (plan == PlanKind.SINGLE_SHARD) {
            event = event.addKeyValue(
                    "shards", session.shards().chosen().target().shard());
        }
        event.addKeyValue("milliseconds", Duration.ofNanos(nanos).toMillis())
                .addKeyValue("statement", shown())
                .log("slow statement");
    }

    private String shown() {
        if (!config().statementLiterals()) {
            return ShownText.of(text, session.belongings().rules(), SHOWN_MAX);
        }
        String whole = new String(text, session.belongings().rules().charset());
        return whole.substring(0, Math.min(whole.length(), SHOWN_MAX));
    }
}
