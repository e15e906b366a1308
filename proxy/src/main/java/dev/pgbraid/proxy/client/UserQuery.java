package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.Frame;
import dev.pgbraid.protocol.FrameDecoder;
import dev.pgbraid.protocol.Message;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.DataRow;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.BackendPool;
import dev.pgbraid.proxy.backend.Tenant;
import dev.pgbraid.proxy.login.User;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.proxy.session.Settings;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Looks a user up at a shard, on a backend of a pool that serves nothing else.
///
/// Nothing that the client says reaches that backend but the name, as a bound parameter.
final class UserQuery implements Tenant, UserLookup.Asking {
    private static final Settings SETTINGS = new Settings(new TreeMap<>(Map.of("search_path", "pg_catalog")));
    private static final int ROW_BYTES_MAX = 64 * 1024;
    private static final int QUERY_BYTES = 1024;

    private final BackendPool pool;
    private final String statement;
    private final String user;
    private final Listener listener;
    private final FrameDecoder decoder = FrameDecoder.ofServer(ROW_BYTES_MAX);
    private final List<List<WireValue>> rows = new ArrayList<>();
    private @Nullable Backend backend;
    private boolean done;

    /// One of the two is called, once.
    interface Listener {
        void found(Optional<User> user);

        void failed(String why);
    }

    UserQuery(BackendPool pool, String statement, String user, Listener listener) {
        this.pool = pool;
        this.statement = statement;
        this.user = user;
        this.listener = listener;
    }

    @Override
    public void begin() {
        Backend lent = pool.checkOut(this, SETTINGS);
        if (lent != null) {
            granted(lent);
        }
    }

    @Override
    public void abandon() {
        if (done) {
            return;
        }
        end();
        if (backend == null) {
            pool.withdraw(this);
        } else {
            backend.abandon();
        }
    }

    @Override
    public void granted(Backend lent) {
        backend = lent;
        lent.unnamed().forget();
        send(lent, new Parse(ByteString.EMPTY, ByteString.utf8(statement), List.of()));
        lent.expectInBatch(Response.PARSE);
        WireValue name = WireValue.of(ByteString.utf8(user));
        send(lent, new Bind(ByteString.EMPTY, ByteString.EMPTY, List.of(Format.TEXT), List.of(name), List.of()));
        lent.expectInBatch(Response.BIND);
        send(lent, new Execute(ByteString.EMPTY, 2));
        lent.expectInBatch(Response.EXECUTE);
        send(lent, new Sync());
        lent.expectBatchEnd(Response.SYNC);
        lent.writer().flush();
    }

    private static void send(Backend lent, Message message) {
        message.encode(lent.writer().append(QUERY_BYTES));
    }

    @Override
    public void refused(ProxyException reason) {
        fail(reason.getMessage());
    }

    @Override
    public void received(ByteBuf bytes) {
        if (done) {
            bytes.release();
            return;
        }
        decoder.feed(bytes);
        while (!done && decoder.hasNext()) {
            try (Frame frame = decoder.next()) {
                read(BackendMessage.decode(frame.tag(), frame.body("answer to the query for users")));
            }
        }
    }

    private void read(BackendMessage message) {
        switch (message) {
            case DataRow(List<WireValue> values) -> rows.add(values);
            case ErrorResponse(ErrorFields error) -> {
                Backend lent = backend;
                if (lent != null) {
                    lent.abandon();
                }
                fail(error.get(ErrorFields.MESSAGE).orElse(ByteString.EMPTY).toString());
            }
            default -> {}
        }
    }

    @Override
    public void batchReceived() {
        Backend lent = backend;
        if (!done && lent != null && lent.isFree()) {
            lent.pool().giveBack(lent);
            judge();
        }
    }

    private void judge() {
        if (rows.size() > 1 || (rows.size() == 1 && rows.getFirst().size() != 2)) {
            fail("the query must give one row of two columns at most");
        } else if (rows.isEmpty()) {
            succeed(Optional.empty());
        } else if (rows.getFirst().get(0) instanceof WireValue.Bytes(ByteString name)
                && rows.getFirst().get(1) instanceof WireValue.Bytes(ByteString verifier)
                && name.toString().equals(user)) {
            found(verifier.toString());
        } else {
            succeed(Optional.empty());
        }
    }

    private void found(String verifier) {
        Optional<User> found;
        try {
            found = Optional.of(User.lookedUp(user, verifier));
        } catch (IllegalArgumentException unusable) {
            fail("the query gives no SCRAM verifier and no MD5 hash");
            return;
        }
        succeed(found);
    }

    @Override
    public void settingsRefused(ErrorFields error) {
        Backend lent = backend;
        if (lent != null) {
            lent.abandon();
        }
        fail(error.get(ErrorFields.MESSAGE).orElse(ByteString.EMPTY).toString());
    }

    @Override
    public void lost(ProxyException reason, boolean explained) {
        fail(reason.getMessage());
    }

    private void succeed(Optional<User> found) {
        end();
        listener.found(found);
    }

    private void fail(String why) {
        if (!done) {
            end();
            listener.failed(why);
        }
    }

    private void end() {
        done = true;
        decoder.close();
    }
}
