package dev.pgbraid.proxy.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.NotificationResponse;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.FaultProxy;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import dev.pgbraid.proxy.transcript.Transcript.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every transcript is true of PostgreSQL, and what the proxy says is the same to the last field.
///
/// Those whose names end in `.18.txt` are of PostgreSQL 18 alone. `-Dpgbraid.transcripts=copy/` runs those whose names
/// begin so, `-Dpgbraid.transcripts.record=true` writes down what PostgreSQL says in them.
class TranscriptIT {
    private static final Path DIRECTORY = Path.of("src/test/resources/wire");
    private static final String CHOICE = System.getProperty("pgbraid.transcripts", "");
    private static final boolean RECORDS = Boolean.getBoolean("pgbraid.transcripts.record");
    private static final PostgresCluster CLUSTER = PostgresCluster.shared();

    /// Where clients hold backends at the same time.
    private static final String TOGETHER = "together/";

    private static final int CLIENTS_TOGETHER_MAX = 3;

    /// Tables have the same object identifiers in every database that is a copy of it.
    private static Endpoint template;

    // They serve one database after the other, since to start one takes longer than most conversations.
    private static ProxyFixture proxy;
    private static ProxyFixture proxyOfBytes;
    private static FaultProxy behind;
    private static FaultProxy ahead;

    @BeforeAll
    static void start() throws IOException {
        template = CLUSTER.freshDatabase();
        try (WireClient client = WireClient.login(template)) {
            client.column(Files.readString(DIRECTORY.resolve("schema.sql")));
        }
        proxy = ProxyFixture.startBefore(template);
        behind = FaultProxy.before(template);
        proxyOfBytes =
                ProxyFixture.before(behind.of(template)).endsBeforeAnother().start();
        ahead = FaultProxy.before(proxyOfBytes.endpoint());
        behind.trickleAfterLogin();
        ahead.trickleAfterLogin();
    }

    @AfterAll
    static void stop() {
        ahead.close();
        proxyOfBytes.close();
        behind.close();
        proxy.close();
    }

    static Stream<String> transcripts() throws IOException {
        Pattern ofAnother = Pattern.compile(".*\\.(?!" + CLUSTER.majorVersion() + "\\.)\\d+\\.txt");
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            return files
                    .map(file -> DIRECTORY.relativize(file).toString())
                    .filter(name -> name.endsWith(".txt") && name.startsWith(CHOICE))
                    .filter(name -> !ofAnother.matcher(name).matches())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void theProxySaysWhatPostgreSqlSays(String name) throws InterruptedException, ExecutionException {
        Path file = DIRECTORY.resolve(name);
        if (RECORDS) {
            inFreshDatabase(database -> record(file, database));
        }
        Transcript transcript = Transcript.read(file);
        int holders = name.startsWith(TOGETHER) ? CLIENTS_TOGETHER_MAX : 1;
        // Bytes that travel alone take their time and no work, so the rest goes on meanwhile.
        try (ExecutorService meanwhile = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<List<Optional<BackendMessage>>>> byteByByte = meanwhile.submit(
                    () -> inFreshDatabase(database -> holdByteByByte(transcript, database, holders + 1)));
            List<List<Optional<BackendMessage>>> direct = inFreshDatabase(database -> hold(transcript, database));
            assertThat(direct.stream().map(MessageText::lines).toList()).isEqualTo(expected(transcript));
            assertSame(
                    inFreshDatabase(database -> holdByProxy(transcript, database, holders)),
                    direct,
                    "with the smallest pool");
            assertSame(byteByByte.get(), direct, "with one backend to spare, byte by byte");
        }
    }

    private static <T> T inFreshDatabase(Function<Endpoint, T> use) {
        Endpoint database = CLUSTER.freshDatabase(template.database());
        try {
            return use.apply(database);
        } finally {
            CLUSTER.drop(database);
        }
    }

    private static Transcript record(Path file, Endpoint database) {
        try (Conversation conversation = new Conversation(database)) {
            Transcript recorded = conversation.record(Transcript.read(file));
            recorded.write(file);
            return recorded;
        }
    }

    private static List<List<Optional<BackendMessage>>> holdByProxy(
            Transcript transcript, Endpoint database, int poolSize) {
        proxy.reload(ProxyFixture.before(database).set("pools.size-max", poolSize));
        try {
            List<List<Optional<BackendMessage>>> answers = hold(transcript, proxy.endpoint());
            proxy.awaitRest();
            return answers;
        } finally {
            proxy.reload(ProxyFixture.before(template));
        }
    }

    private static List<List<Optional<BackendMessage>>> holdByteByByte(
            Transcript transcript, Endpoint database, int poolSize) {
        proxyOfBytes.reload(ProxyFixture.before(behind.of(database)).set("pools.size-max", poolSize));
        try {
            List<List<Optional<BackendMessage>>> answers = hold(transcript, ahead.of(proxyOfBytes.endpoint()));
            proxyOfBytes.awaitRest();
            return answers;
        } finally {
            proxyOfBytes.reload(ProxyFixture.before(behind.of(template)));
        }
    }

    private static List<List<Optional<BackendMessage>>> hold(Transcript transcript, Endpoint endpoint) {
        try (Conversation conversation = new Conversation(endpoint)) {
            return conversation.hold(transcript);
        }
    }

    private static List<List<String>> expected(Transcript transcript) {
        List<List<String>> expected = new ArrayList<>();
        for (Step step : transcript.steps()) {
            if (step instanceof Step.Expect(String _, List<String> lines)) {
                expected.add(lines);
            }
        }
        expected.add(List.of());
        return expected;
    }

    private static void assertSame(
            List<List<Optional<BackendMessage>>> proxied, List<List<Optional<BackendMessage>>> direct, String how) {
        assertThat(proxied.stream().map(MessageText::lines).toList())
                .as(how)
                .isEqualTo(direct.stream().map(MessageText::lines).toList());
        for (int i = 0; i < direct.size(); i++) {
            assertThat(proxied.get(i)).as(how).isEqualTo(comparable(direct.get(i), proxied.get(i)));
        }
    }

    /// Where the proxy is the one to find an error, it does not name a place in PostgreSQL's source. And no two
    /// servers'
    /// processes that notify are the same.
    private static List<Optional<BackendMessage>> comparable(
            List<Optional<BackendMessage>> direct, List<Optional<BackendMessage>> proxied) {
        List<Optional<BackendMessage>> comparable = new ArrayList<>();
        for (int i = 0; i < direct.size(); i++) {
            Optional<BackendMessage> counterpart = proxied.get(i);
            comparable.add(direct.get(i).map(message -> comparable(message, counterpart)));
        }
        return comparable;
    }

    private static BackendMessage comparable(BackendMessage direct, Optional<BackendMessage> proxied) {
        return switch (direct) {
            case NotificationResponse(int _, ByteString channel, ByteString payload)
            when proxied.isPresent() && proxied.get() instanceof NotificationResponse counterpart ->
                new NotificationResponse(counterpart.processId(), channel, payload);
            case ErrorResponse(ErrorFields fields) when !hasPlace(proxied) -> new ErrorResponse(withoutPlace(fields));
            default -> direct;
        };
    }

    private static boolean hasPlace(Optional<BackendMessage> message) {
        return message.isPresent()
                && message.get() instanceof ErrorResponse(ErrorFields fields)
                && fields.get(ErrorFields.FILE).isPresent();
    }

    private static ErrorFields withoutPlace(ErrorFields error) {
        SequencedMap<Byte, ByteString> fields = new LinkedHashMap<>(error.fields());
        List.of(ErrorFields.FILE, ErrorFields.LINE, ErrorFields.ROUTINE).forEach(fields::remove);
        return new ErrorFields(fields);
    }
}
