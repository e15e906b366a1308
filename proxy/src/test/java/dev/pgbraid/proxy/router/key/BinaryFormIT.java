package dev.pgbraid.proxy.router.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.protocol.testing.Gen;
import dev.pgbraid.proxy.testing.Answers;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.WireClient;
import dev.pgbraid.router.key.KeyReading;
import dev.pgbraid.router.key.KeyReading.Invalid;
import dev.pgbraid.router.key.KeyReading.Proven;
import dev.pgbraid.router.key.KeyReading.Unprovable;
import dev.pgbraid.router.key.KeyType;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the router makes of the bytes of a parameter in binary format, good or broken, and what a server makes of
/// them.
class BinaryFormIT {
    private static final int COUNT = 1000;
    private static final Random RANDOM = new Random(20_261_121);

    @ParameterizedTest
    @EnumSource
    void whatIsProvenIsWhatTheServerReceives(KeyType type) {
        int agreements = 0;
        try (WireClient client = WireClient.login(PostgresCluster.shared().freshDatabase())) {
            client.send(
                    new Parse(ByteString.EMPTY, ByteString.utf8("SELECT $1::text"), List.of(type.oid())), new Sync());
            client.readUntilReady();
            for (byte[] bytes : Gen.samples(forms(type), RANDOM, COUNT)) {
                client.send(
                        new Bind(
                                ByteString.EMPTY,
                                ByteString.EMPTY,
                                List.of(Format.BINARY),
                                List.of(WireValue.of(ByteString.copyOf(bytes))),
                                List.of()),
                        new Execute(ByteString.EMPTY, 0),
                        new Sync());
                List<BackendMessage> answer = client.readUntilReady();
                KeyReading reading = type.readBinary(bytes, 0, bytes.length);
                String described = HexFormat.of().formatHex(bytes) + " is " + reading + ", for the server "
                        + Answers.errors(answer) + Answers.rows(answer);
                agreements += check(type, reading, answer, described) ? 1 : 0;
            }
        }

        assertThat(agreements).isGreaterThan(COUNT / 20);
    }

    /// Whether the value is proven and one for the server too.
    private static boolean check(KeyType type, KeyReading reading, List<BackendMessage> answer, String described) {
        List<String> errors = Answers.errors(answer);
        switch (reading) {
            case Invalid(String sqlState, String _) ->
                assertThat(errors).as(described).containsExactly(sqlState);
            case Unprovable _ -> {}
            // Text is proven whether or not it is valid in the server's encoding.
            case Proven _
            when type.isCollatable() && !errors.isEmpty() ->
                assertThat(errors).as(described).containsExactly("22021");
            case Proven _ -> {
                assertThat(errors).as(described).isEmpty();
                KeyReading text = KeyServer.read(type, Answers.column(answer).getFirst());
                // A year of more than four digits, for one, cannot be compared by its text.
                assertThat(text instanceof Unprovable ? reading : text)
                        .as(described)
                        .isEqualTo(reading);
                return true;
            }
        }
        return false;
    }

    private static Gen<byte[]> forms(KeyType type) {
        Gen<byte[]> any = Gen.bytes(20);
        return switch (type) {
            case BOOLEAN -> Gen.oneOf(List.of(exactly(1), any));
            case BYTEA -> any;
            case SMALLINT -> Gen.oneOf(List.of(exactly(2), any));
            case INTEGER, DATE -> Gen.oneOf(List.of(exactly(4), any));
            case BIGINT, TIMESTAMP, TIMESTAMPTZ -> Gen.oneOf(List.of(exactly(8), any));
            case TEXT, VARCHAR, CHARACTER ->
                Gen.oneOf(List.of(
                        Spellings.values(type).map(text -> ByteString.utf8(text).toByteArray()), any));
            case NUMERIC -> Gen.oneOf(List.of(numerics(), any));
            case UUID -> Gen.oneOf(List.of(exactly(16), any));
        };
    }

    private static Gen<byte[]> exactly(int length) {
        return choices -> {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
                bytes[i] = (byte) choices.below(256);
            }
            return bytes;
        };
    }

    private static Gen<byte[]> numerics() {
        Gen<List<Integer>> digits =
                Gen.listOf(6, Gen.oneOf(List.of(Gen.between(0, 9999), Gen.of(List.of(0, 1, 9990, 10_000)))));
        return choices -> {
            List<Integer> values = digits.make(choices);
            ByteBuffer out = ByteBuffer.allocate(8 + 2 * values.size());
            out.putShort((short) (values.size() + (choices.below(10) == 0 ? 1 : 0)));
            out.putShort((short) (choices.below(8) - 4));
            out.putShort(Gen.of(List.of(0, 0, 0x4000, 0x4000, 0xC000, 0xD000, 0xF000, 1))
                    .make(choices)
                    .shortValue());
            out.putShort(
                    Gen.of(List.of(0, 1, 3, 4, 8, 30, 0x4000)).make(choices).shortValue());
            values.forEach(value -> out.putShort(value.shortValue()));
            return out.array();
        };
    }
}
