package dev.pgbraid.proxy.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ErrorResponse;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every transcript is true of PostgreSQL, and what the proxy says is the same to the last field.
///
/// Those whose names end in `.18.txt` are of PostgreSQL 18 alone. `-Dpgbraid.transcripts=copy` runs those whose names
/// begin so, `-Dpgbraid.transcripts.record=true` writes down what
/// PostgreSQL says in them.
class TranscriptIT {
    private static final Path DIRECTORY = Path.of("src/test/resources/wire");
    private static final String CHOICE = System.getProperty("pgbraid.transcripts", "");
    private static final boolean RECORDS = Boolean.getBoolean("pgbraid.transcripts.record");
    private static final PostgresCluster CLUSTER = PostgresCluster.shared();

    /// Tables have the same object identifiers in every database that is a copy of it.
    private static String template = "";

    @BeforeAll
    static void makeTemplate() throws IOException {
        Endpoint database = CLUSTER.freshDatabase();
        try (WireClient client = WireClient.login(database)) {
            client.column(Files.readString(DIRECTORY.resolve("schema.sql")));
        }
        template = database.database();
    }

    static Stream<String> transcripts() throws IOException {
        Pattern ofAnother = Pattern.compile(".*\\.(?!" + CLUSTER.majorVersion() + "\\.)\\d+\\.txt");
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".txt") && name.startsWith(CHOICE))
                    .filter(name -> !ofAnother.matcher(name).matches())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void theProxySaysWhatPostgreSqlSays(String name) {
        Path file = DIRECTORY.resolve(name);
        if (RECORDS) {
            try (Conversation conversation = new Conversation(CLUSTER.freshDatabase(template))) {
                conversation.record(Transcript.read(file)).write(file);
            }
        }
        Transcript transcript = Transcript.read(file);
        List<List<Optional<BackendMessage>>> direct = hold(transcript, CLUSTER.freshDatabase(template));
        assertThat(direct.stream().map(MessageText::lines).toList()).isEqualTo(expected(transcript));

        Endpoint database = CLUSTER.freshDatabase(template);
        try (ProxyFixture proxy =
                ProxyFixture.before(database).set("pools.size-max", 1).start()) {
            assertSame(hold(transcript, proxy.endpoint()), direct, "with a pool of 1");
        }
        assertSame(holdByteByByte(transcript), direct, "with a pool of 2, byte by byte");
    }

    private static List<List<Optional<BackendMessage>>> holdByteByByte(Transcript transcript) {
        Endpoint database = CLUSTER.freshDatabase(template);
        try (FaultProxy behind = FaultProxy.before(database);
                ProxyFixture proxy = ProxyFixture.before(behind.of(database))
                        .set("pools.size-max", 2)
                        .start();
                FaultProxy ahead = FaultProxy.before(proxy.endpoint())) {
            behind.trickleAfterLogin();
            ahead.trickleAfterLogin();
            return hold(transcript, ahead.of(proxy.endpoint()));
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

    /// Where the proxy is the one to find an error, it does not name a place in PostgreSQL's source.
    private static List<Optional<BackendMessage>> comparable(
            List<Optional<BackendMessage>> direct, List<Optional<BackendMessage>> proxied) {
        List<Optional<BackendMessage>> comparable = new ArrayList<>(direct);
        for (int i = 0; i < direct.size(); i++) {
            boolean hasPlace = error(proxied.get(i))
                    .flatMap(found -> found.get(ErrorFields.FILE))
                    .isPresent();
            if (!hasPlace) {
                int index = i;
                error(direct.get(i))
                        .ifPresent(error -> comparable.set(index, Optional.of(new ErrorResponse(withoutPlace(error)))));
            }
        }
        return comparable;
    }

    private static Optional<ErrorFields> error(Optional<BackendMessage> message) {
        return message.filter(ErrorResponse.class::isInstance).map(error -> ((ErrorResponse) error).fields());
    }

    private static ErrorFields withoutPlace(ErrorFields error) {
        SequencedMap<Byte, ByteString> fields = new LinkedHashMap<>(error.fields());
        List.of(ErrorFields.FILE, ErrorFields.LINE, ErrorFields.ROUTINE).forEach(fields::remove);
        return new ErrorFields(fields);
    }
}
