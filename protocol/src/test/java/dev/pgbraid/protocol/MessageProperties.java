package dev.pgbraid.protocol;

import static dev.pgbraid.protocol.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.pgbraid.protocol.backend.Authentication;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.startup.StartupPacket;
import dev.pgbraid.protocol.testing.BackendMessages;
import dev.pgbraid.protocol.testing.Codec;
import dev.pgbraid.protocol.testing.FrontendMessages;
import dev.pgbraid.protocol.testing.NoLeaks;
import dev.pgbraid.protocol.testing.StartupPackets;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every message of the protocol.
@ExtendWith(NoLeaks.class)
class MessageProperties {

    static Stream<Codec<?>> everyMessage() {
        return Stream.of(StartupPackets.all(), FrontendMessages.all(), BackendMessages.all())
                .flatMap(Collection::stream);
    }

    @Test
    void noMessageIsMissingHere() {
        List<Class<?>> tested = everyMessage().<Class<?>>map(Codec::type).toList();

        assertThat(tested).containsExactlyInAnyOrderElementsOf(everyRecord().toList());
    }

    private static Stream<Class<?>> everyRecord() {
        return Stream.of(StartupPacket.class, FrontendMessage.class, BackendMessage.class, Authentication.class)
                .<Class<?>>flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                .filter(type -> type != Authentication.class);
    }

    @ParameterizedTest
    @MethodSource("everyMessage")
    <T> void decodingWhatWasEncodedGivesTheSameMessage(Codec<T> codec) {
        forAll(codec.gen(), message -> {
            byte[] wire = codec.encode(message);

            int length = ByteBuffer.wrap(wire).getInt(codec.headerLength() - Integer.BYTES);
            assertThat(length).isEqualTo(wire.length - codec.headerLength() + Integer.BYTES);
            assertThat(codec.decode(codec.encodeBody(message))).isEqualTo(message);
        });
    }

    @ParameterizedTest
    @MethodSource("everyMessage")
    <T> void anyBytesAreAMessageOrAViolation(Codec<T> codec) {
        forAll(codec.bodies(), body -> {
            Optional<Object> decoded = decode(codec, body);
            if (decoded.isPresent() && codec.type().isInstance(decoded.get())) {
                T message = codec.type().cast(decoded.get());
                assertThat(codec.decode(codec.encodeBody(message))).isEqualTo(message);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("everyMessage")
    <T> void aBodyThatIsCutIsNotTheSameMessage(Codec<T> codec) {
        forAll(codec.gen(), message -> {
            byte[] body = codec.encodeBody(message);
            for (int length = 0; length < body.length; length++) {
                assertThat(decode(codec, Arrays.copyOf(body, length))).isNotEqualTo(Optional.of(message));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("everyMessage")
    <T> void bytesAfterTheEndAreNotIgnored(Codec<T> codec) {
        forAll(codec.gen(), message -> {
            byte[] body = codec.encodeBody(message);
            assertThat(decode(codec, Arrays.copyOf(body, body.length + 1))).isNotEqualTo(Optional.of(message));
        });
    }

    private static Optional<Object> decode(Codec<?> codec, byte[] body) {
        try {
            return Optional.of(codec.decode(body));
        } catch (ProtocolViolation violation) {
            assertThat(violation).hasNoCause();
            assertThat(violation.getStackTrace()).isEmpty();
            assertThat(violation.getMessage()).matches("[A-Z]\\w+: .+");
            return Optional.empty();
        } catch (RuntimeException other) {
            return fail("decoding may only throw a violation", other);
        }
    }
}
