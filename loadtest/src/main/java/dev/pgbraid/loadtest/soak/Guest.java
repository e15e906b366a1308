package dev.pgbraid.loadtest.soak;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.backend.BackendKeyData;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.CopyInResponse;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.NotificationResponse;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.startup.CancelRequest;
import dev.pgbraid.proxy.wire.Login;
import dev.pgbraid.proxy.wire.LoginRefused;
import dev.pgbraid.proxy.wire.WireClient;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/// One client: its session, and what it must find there. Used by one thread.
final class Guest implements AutoCloseable {
    private static final List<String> ZONES = List.of("UTC", "Asia/Tokyo", "America/Lima", "Europe/Oslo");

    private final Surroundings surroundings;
    private final String tag;
    private final Random random;
    private WireClient wire;
    private CancelKey key;
    private int questions;
    private final Map<String, String> startup = new TreeMap<>();
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<Integer, String> rows = new TreeMap<>();
    private final Set<String> prepared = new HashSet<>();
    private final List<NotificationResponse> notifications = new ArrayList<>();

    Guest(Surroundings surroundings, String tag, Random random) {
        this.surroundings = surroundings;
        this.tag = tag;
        this.random = random;
        Opened opened = open();
        wire = opened.wire;
        key = opened.key;
    }

    private record Opened(WireClient wire, CancelKey key) {}

    String tag() {
        return tag;
    }

    Random random() {
        return random;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /// The settings that the session must have outside of transactions.
    Map<String, String> settings() {
        return settings;
    }

    /// What the guest's rows in the table must be, outside of transactions.
    Map<Integer, String> rows() {
        return rows;
    }

    /// The names of the statements that the session has.
    Set<String> prepared() {
        return prepared;
    }

    /// What has been notified since this was last emptied.
    List<NotificationResponse> notifications() {
        return notifications;
    }

    WireClient wire() {
        return wire;
    }

    /// Something that nobody else has said before.
    String nonce() {
        return tag + "-" + ++questions;
    }

    private Opened open() {
        startup.clear();
        startup.put("application_name", tag);
        startup.put("soak.tag", tag);
        startup.put("timezone", ZONES.get(random.nextInt(ZONES.size())));
        startup.put("work_mem", (64 + random.nextInt(100)) + "kB");
        settings.clear();
        settings.putAll(startup);
        prepared.clear();
        notifications.clear();
        ProtocolVersion version = random.nextBoolean() ? ProtocolVersion.V3_2 : ProtocolVersion.V3_0;
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        parameters.put("application_name", tag);
        parameters.put("TimeZone", startup.getOrDefault("timezone", ""));
        parameters.put("options", "-c soak.tag=" + tag + " --work-mem=" + startup.get("work_mem"));
        String user = surroundings.proxy().login().user();
        String password = surroundings.proxy().login().password();
        return open(new Login(user, password, surroundings.proxy().database(), version, parameters));
    }

    private Opened open(Login login) {
        WireClient connected = WireClient.connect(
                surroundings.proxy().host(), surroundings.proxy().port());
        try {
            for (BackendMessage message : login.run(connected)) {
                if (message instanceof BackendKeyData(var given)) {
                    return new Opened(connected, given);
                }
            }
        } catch (LoginRefused refused) {
            connected.disconnect();
            throw new SessionEnded(Answer.field(refused.fields(), ErrorFields.CODE), String.valueOf(refused));
        } catch (UncheckedIOException failed) {
            connected.disconnect();
            throw ended(failed);
        }
        throw new WrongAnswer("no key to cancel in the login");
    }

    /// Puts a new session in the place of the one that is over.
    void reconnect() {
        wire.disconnect();
        Opened opened = open();
        wire = opened.wire;
        key = opened.key;
    }

    /// A new session after one whose end was not the guest's own doing; what became of its last words is found out.
    void recover() {
        reconnect();
        rows.clear();
        for (List<String> row : RowWork.read(this)) {
            rows.put(Integer.valueOf(row.get(1)), row.get(2));
        }
    }

    /// The settings are those of the beginning again.
    void settingsAreReset() {
        settings.clear();
        settings.putAll(startup);
    }

    /// Asks, on another connection, that the statement be canceled; returns when the proxy has taken note.
    void cancel() {
        try (WireClient canceling = WireClient.connect(
                surroundings.proxy().host(), surroundings.proxy().port())) {
            canceling.send(new CancelRequest(key));
            canceling.receive();
            throw new WrongAnswer("words for a request to cancel");
        } catch (UncheckedIOException closed) {
            if (!(closed.getCause() instanceof EOFException)) {
                throw closed;
            }
        }
    }

    void send(FrontendMessage... messages) {
        try {
            wire.send(messages);
        } catch (UncheckedIOException failed) {
            throw ended(failed);
        }
    }

    /// Runs SQL by the simple protocol.
    Answer run(String sql) {
        send(new Query(ByteString.utf8(sql)));
        return answer();
    }

    /// Reads up to the next ReadyForQuery or the request to copy.
    Answer answer() {
        Answer answer = new Answer();
        while (true) {
            BackendMessage message = receiveAfter(answer);
            answer.add(message);
            if (message instanceof ReadyForQuery || message instanceof CopyInResponse) {
                return answer;
            }
        }
    }

    private BackendMessage receiveAfter(Answer begun) {
        try {
            return receive();
        } catch (SessionEnded ended) {
            throw ended.sqlState().isEmpty()
                    ? new SessionEnded("", ended.getMessage() + " after " + begun + " " + wire.socket())
                    : ended;
        }
    }

    /// The next message that is not a notification.
    BackendMessage receive() {
        BackendMessage message = receiveAny();
        while (message instanceof NotificationResponse notification) {
            notifications.add(notification);
            message = receiveAny();
        }
        return message;
    }

    BackendMessage receiveAny() {
        BackendMessage message;
        try {
            message = wire.receive();
        } catch (UncheckedIOException failed) {
            throw ended(failed);
        }
        if (message instanceof ErrorResponse(var fields)
                && Answer.field(fields, ErrorFields.SEVERITY_UNLOCALIZED).equals("FATAL")) {
            throw new SessionEnded(Answer.field(fields, ErrorFields.CODE), Answer.field(fields, ErrorFields.MESSAGE));
        }
        return message;
    }

    private static RuntimeException ended(UncheckedIOException failed) {
        return failed.getCause() instanceof EOFException || failed.getCause() instanceof SocketException
                ? new SessionEnded("", String.valueOf(failed.getCause()))
                : failed;
    }

    /// Checks that it is this session that answers, with its settings.
    void probe() {
        probe(settings);
    }

    void probe(Map<String, String> wanted) {
        String nonce = nonce();
        StringBuilder sql = new StringBuilder("SELECT '" + nonce + "'");
        List<String> values = new ArrayList<>(List.of(nonce));
        wanted.forEach((name, value) -> {
            sql.append(", current_setting('").append(name).append("')");
            values.add(value);
        });
        List<List<String>> found = run(sql.toString()).rows();
        if (!found.equals(List.of(values))) {
            throw new WrongAnswer("instead of " + values + " there is " + found);
        }
    }

    /// Thinks for a while.
    void pause(int millisMax) throws InterruptedException {
        Thread.sleep(random.nextInt(millisMax));
    }

    @Override
    public void close() {
        wire.close();
    }
}
