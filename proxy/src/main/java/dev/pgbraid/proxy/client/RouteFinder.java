package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.metrics.DatabaseCounter;
import dev.pgbraid.proxy.metrics.Tally;
import dev.pgbraid.proxy.session.RoutesMemo;
import dev.pgbraid.router.Routes;
import dev.pgbraid.router.plan.Perspective;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the routes of what one session sends. A text that takes long to read makes the session wait.
final class RouteFinder {
    private static final Logger LOGGER = LoggerFactory.getLogger(RouteFinder.class);
    private static final int KEPT_BYTES_MAX = 16 * 1024;

    private final Session session;
    private final RoutedDatabase database;
    private final Tally<DatabaseCounter> counters;
    private byte[] scratch = new byte[256];
    private boolean reading;

    /// Tells the question whose answer is awaited from those before it, whose answers nobody wants any more.
    private int question;

    private @Nullable Routes read;
    private byte[] readText = {};
    private long readVersion;
    private long readNanos;
    private @Nullable Throwable problem;

    RouteFinder(Session session, RoutedDatabase database) {
        this.session = session;
        this.database = database;
        this.counters = session.meter().activity().counters();
    }

    /// Whether a text is being read; when it has been, the session goes on.
    boolean isReading() {
        return reading;
    }

    /// What went wrong with the text that was asked for last, if anything did. It is told once.
    @Nullable
    Throwable takeProblem() {
        Throwable told = problem;
        problem = null;
        return told;
    }

    /// The routes of `length` bytes at `index`. Nothing if they have to be read first, or could not be.
    @Nullable
    Routes find(ByteBuf in, int index, int length, Perspective perspective) {
        byte[] text = scratch;
        if (text.length < length) {
            text = new byte[Math.max(length, 2 * text.length)];
            scratch = text.length > KEPT_BYTES_MAX ? scratch : text;
        }
        in.getBytes(index, text, 0, length);
        return find(text, length, perspective);
    }

    /// The routes of a prepared text, which are remembered with it.
    @Nullable
    Routes find(RoutesMemo memo, byte[] body, Perspective perspective) {
        Routes known = memo.find(perspective, database.version());
        if (known != null) {
            counters.add(DatabaseCounter.ROUTES_KNOWN, 1);
            return known;
        }
        int length = 0;
        while (body[length] != 0) {
            length++;
        }
        Routes found = find(body, length, perspective);
        if (found != null) {
            memo.remember(found, perspective, database.version());
        }
        return found;
    }

    private @Nullable Routes find(byte[] text, int length, Perspective perspective) {
        boolean isRead =
                readVersion == database.version() && Arrays.equals(text, 0, length, readText, 0, readText.length);
        Routes found = isRead ? read : null;
        read = found == null ? read : null;
        if (found == null) {
            found = database.find(text, length, perspective);
            counters.add(found == null ? DatabaseCounter.ROUTES_READ : DatabaseCounter.ROUTES_KNOWN, 1);
        }
        if (found == null && problem == null) {
            reading = true;
            readNanos = System.nanoTime();
            int asked = ++question;
            byte[] copy = Arrays.copyOf(text, length);
            database.read(copy, perspective, routes -> found(asked, copy, routes), why -> failed(asked, why));
        }
        return found;
    }

    /// The text that is being read, or has been, is not wanted any more.
    void forget() {
        question++;
        reading = false;
        read = null;
        problem = null;
    }

    private void found(int asked, byte[] text, Routes routes) {
        if (asked != question) {
            return;
        }
        reading = false;
        session.meter().activity().readings().record(System.nanoTime() - readNanos);
        read = routes;
        readText = text;
        readVersion = database.version();
        session.goOn();
    }

    private void failed(int asked, Throwable why) {
        if (session.loop().isShuttingDown()) {
            // The proxy stops, and nobody is there to be answered.
            return;
        }
        session.log(LOGGER.atError()).setCause(why).log("a bug keeps a statement from being read");
        if (asked != question) {
            return;
        }
        reading = false;
        problem = why;
        session.goOn();
    }
}
