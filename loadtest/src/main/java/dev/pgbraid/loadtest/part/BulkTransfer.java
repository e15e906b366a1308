package dev.pgbraid.loadtest.part;

import dev.pgbraid.loadtest.BenchmarkException;
import dev.pgbraid.loadtest.wire.Connection;
import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Ways to send much through a proxy in one go.
enum BulkTransfer {
    /// One row with one value.
    ROW {
        @Override
        void run(Connection connection, int bytes) throws IOException {
            connection.send(new Query(ByteString.utf8("SELECT repeat('x', " + bytes + ")")));
            requireAtLeast(bytes, connection.skipUntil('Z'));
        }
    },

    /// One parameter value.
    BIND {
        @Override
        void run(Connection connection, int bytes) throws IOException {
            connection.send(new Parse(UNNAMED, ByteString.utf8("SELECT 1 WHERE length($1::text) > 0"), List.of()));
            connection.sendBind(UNNAMED, bytes);
            connection.send(new Execute(UNNAMED, 0), new Sync());
            connection.skipUntil('D');
            connection.skipUntil('Z');
        }
    },

    /// Many statements, sent without waiting for any answer, and as many bytes of answers.
    PIPELINE {
        @Override
        void run(Connection connection, int bytes) throws IOException, InterruptedException {
            int statements = bytes / PIPELINED_BYTES;
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> writing = threads.submit(() -> writeStatements(connection, statements));
                Thread.sleep(STALL_MILLIS);
                for (int i = 0; i < statements; i++) {
                    requireAtLeast(PIPELINED_BYTES, connection.skipUntil('Z'));
                    if (i % STATEMENTS_PER_PAUSE == 0) {
                        Thread.sleep(PAUSE_MILLIS);
                    }
                }
                writing.get();
            } catch (ExecutionException failed) {
                throw new BenchmarkException("the pipeline broke: " + failed.getCause(), failed);
            }
        }
    };

    private static final ByteString UNNAMED = ByteString.EMPTY;
    private static final int PIPELINED_BYTES = 8_000;
    private static final int STATEMENTS_PER_PAUSE = 50;
    private static final long PAUSE_MILLIS = 5;
    private static final long STALL_MILLIS = 250;

    abstract void run(Connection connection, int bytes) throws IOException, InterruptedException;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Void writeStatements(Connection connection, int count) throws IOException {
        ByteBuf statement = Unpooled.buffer();
        WireValue value = WireValue.text("x".repeat(PIPELINED_BYTES));
        new Parse(UNNAMED, ByteString.utf8("SELECT $1::text"), List.of()).encode(statement);
        new Bind(UNNAMED, UNNAMED, List.of(), List.of(value), List.of()).encode(statement);
        new Execute(UNNAMED, 0).encode(statement);
        new Sync().encode(statement);
        for (int i = 0; i < count; i++) {
            connection.write(statement.duplicate());
        }
        return null;
    }

    private static void requireAtLeast(int bytes, long received) {
        if (received < bytes) {
            throw new BenchmarkException("only " + received + " of " + bytes + " bytes came back");
        }
    }
}
