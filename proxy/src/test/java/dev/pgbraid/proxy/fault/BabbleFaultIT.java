package dev.pgbraid.proxy.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.CancelKey;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.backend.AuthenticationOk;
import dev.pgbraid.protocol.backend.BackendKeyData;
import dev.pgbraid.protocol.backend.ParameterStatus;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.testing.Gen;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.Eventually;
import dev.pgbraid.proxy.testing.FakeShard;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients and shards that say whatever comes to mind end their own connection and nothing else.
class BabbleFaultIT {
    private static final int TRIES = 150;
    private static final int BODY_MAX = 40;
    private static final String FRONTEND_TAGS = "QFPBDECHSdcfXpRZ\0";
    private static final String BACKEND_TAGS = "ZCDTdHGEN123nstIVSAKRcWvx";

    private final Endpoint database = PostgresCluster.shared().freshDatabase();

    /// Messages with a likely type and length and any content, and sometimes bytes that are no message.
    private static Gen<byte[]> speech(String tags) {
        Gen<byte[]> message = choices -> {
            byte[] body = Gen.bytes(BODY_MAX).make(choices);
            byte tag = (byte) tags.charAt(choices.below(tags.length()));
            int lie = choices.below(10) == 9 ? choices.below(BODY_MAX) : 0;
            return ByteBuffer.allocate(5 + body.length)
                    .put(tag)
                    .putInt(4 + body.length + lie)
                    .put(body)
                    .array();
        };
        Gen<byte[]> utterance = Gen.oneOf(List.of(message, message, message, message, Gen.bytes(BODY_MAX)));
        return Gen.listOf(8, utterance).map(BabbleFaultIT::joined);
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteBuffer whole =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(whole::put);
        return whole.array();
    }

    private static List<byte[]> speeches(String tags, long seed) {
        return Gen.samples(speech(tags), new Random(seed), TRIES);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatAClientSaysHarmsNobodyElse(long seed) {
        try (ProxyFixture proxy = ProxyFixture.before(database)
                .set("pools.size-max", 2)
                .set("limits.login-failures-max", 1_000_000)
                .start()) {
            WireClient witness = proxy.login();
            for (byte[] speech : speeches(FRONTEND_TAGS, seed)) {
                try (WireClient client = speech.length % 5 == 0 ? proxy.connect() : proxy.login()) {
                    client.send(speech);
                } catch (UncheckedIOException sentAway) {
                    // The proxy was faster.
                    assertThat(sentAway).hasCauseInstanceOf(IOException.class);
                }
            }
            assertThat(witness.value("SELECT 'unharmed'")).isEqualTo("unharmed");
            Eventually.isTrue("all others are gone", () -> proxy.server().clients() == 1);
        }
    }

    /// Whatever comes instead of an answer, the client hears an end, and its place in the pool is free again.
    @Test
    void whatAShardSaysEndsTheSessionAtTheMost() {
        ConcurrentLinkedQueue<byte[]> speeches = new ConcurrentLinkedQueue<>(speeches(BACKEND_TAGS, 3));
        try (FakeShard shard = new FakeShard((in, out) -> babble(in, out, speeches));
                ProxyFixture proxy = ProxyFixture.before(database.at("127.0.0.1", shard.port()))
                        .set("pools.size-max", 1)
                        .withoutPoolCheck()
                        .start()) {
            int asked = 0;
            while (!speeches.isEmpty()) {
                try (WireClient client = proxy.login()) {
                    client.send(new Query(ByteString.utf8("SELECT 1")));
                    while (client.readByte() >= 0) {}
                    asked++;
                }
            }
            assertThat(asked).isPositive();
            Eventually.isTrue("all clients are gone", () -> proxy.server().clients() == 0);
        }
    }

    private static void babble(DataInputStream in, OutputStream out, ConcurrentLinkedQueue<byte[]> speeches)
            throws IOException {
        FakeShard.readPacket(in);
        FakeShard.send(out, new AuthenticationOk());
        FakeShard.send(out, new ParameterStatus(ByteString.utf8("server_version"), ByteString.utf8("18.0")));
        FakeShard.send(out, new BackendKeyData(new CancelKey(1, ByteString.utf8("abcd"))));
        FakeShard.send(out, new ReadyForQuery(TransactionStatus.IDLE));
        FakeShard.readMessage(in);
        byte[] speech = speeches.poll();
        if (speech != null) {
            out.write(speech);
        }
    }

    @Test
    void nothingThatAClientSaysAtOnceFillsTheMemory() {
        byte[] flush = {'H', 0, 0, 0, 4};
        byte[] many = joined(IntStream.range(0, 100_000).mapToObj(_ -> flush).toList());
        try (ProxyFixture proxy = ProxyFixture.before(database).start()) {
            WireClient client = proxy.login();
            client.send(many);
            assertThat(client.value("SELECT 'still here'")).isEqualTo("still here");
        }
    }
}
