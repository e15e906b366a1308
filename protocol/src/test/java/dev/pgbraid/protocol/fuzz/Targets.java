package dev.pgbraid.protocol.fuzz;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Frame;
import dev.pgbraid.protocol.FrameDecoder;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.auth.ChannelBinding;
import dev.pgbraid.protocol.auth.ScramClient;
import dev.pgbraid.protocol.auth.ScramKeys;
import dev.pgbraid.protocol.auth.ScramMechanism;
import dev.pgbraid.protocol.auth.ScramSecret;
import dev.pgbraid.protocol.auth.ScramServer;
import dev.pgbraid.protocol.testing.BackendMessages;
import dev.pgbraid.protocol.testing.Codec;
import dev.pgbraid.protocol.testing.FrontendMessages;
import dev.pgbraid.protocol.testing.Gen;
import dev.pgbraid.protocol.testing.StartupPackets;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Every target there is.
final class Targets {
    private static final int BODY_BYTES_MAX = 1000;
    private static final ByteString KEY = ByteString.utf8("k".repeat(32));

    private Targets() {}

    static List<Target> all() {
        Stream<Codec<?>> codecs = Stream.of(StartupPackets.all(), FrontendMessages.all(), BackendMessages.all())
                .flatMap(List::stream);
        return Stream.concat(
                        codecs.map(Targets::decoder),
                        Stream.of(
                                new Target("FrameDecoder", wire(FrontendMessages.all()), Targets::decodeFrames),
                                new Target("StartupPhase", wire(StartupPackets.all()), Targets::decodeStartup),
                                new Target("ScramServer", scramServerSeeds(), Targets::serveScram),
                                new Target("ScramClient", scramClientSeeds(), Targets::speakScram)))
                .toList();
    }

    static Target named(String name) {
        return all().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no target is named " + name + "; there are "
                        + all().stream().map(Target::name).toList()));
    }

    private static <T> Target decoder(Codec<T> codec) {
        return new Target(codec.toString(), codec.gen().map(codec::encodeBody), body -> decode(codec, body));
    }

    private static <T> void decode(Codec<T> codec, byte[] body) {
        Object message;
        try {
            message = codec.decode(body);
        } catch (ProtocolViolation refused) {
            return;
        }
        if (codec.type().isInstance(message)) {
            byte[] again = codec.encodeBody(codec.type().cast(message));
            check(codec.decode(again).equals(message), message + " is not what its own encoding decodes to");
        }
    }

    private static Gen<byte[]> wire(List<? extends Codec<?>> codecs) {
        return Gen.oneOf(codecs.stream().map(Targets::encoded).toList());
    }

    private static <T> Gen<byte[]> encoded(Codec<T> codec) {
        return codec.gen().map(codec::encode);
    }

    /// The first byte says in how long pieces the rest arrives.
    private static void decodeFrames(byte[] input) {
        decodePieces(FrameDecoder.ofServer(BODY_BYTES_MAX), input);
    }

    private static void decodeStartup(byte[] input) {
        decodePieces(FrameDecoder.ofClient(BODY_BYTES_MAX), input);
    }

    private static void decodePieces(FrameDecoder closed, byte[] input) {
        int pieceLength = input.length == 0 ? 1 : 1 + (input[0] & 0xFF);
        int framed = 0;
        try (FrameDecoder decoder = closed) {
            for (int from = 1; from < input.length; from += pieceLength) {
                int to = Math.min(input.length, from + pieceLength);
                decoder.feed(Unpooled.wrappedBuffer(Arrays.copyOfRange(input, from, to)));
                while (decoder.hasNext()) {
                    try (Frame frame = decoder.next()) {
                        framed += frame.bodyLength();
                    }
                }
            }
        } catch (ProtocolViolation refused) {
            return;
        }
        check(framed <= input.length, "more bytes came out than went in");
    }

    private static Gen<byte[]> scramServerSeeds() {
        return Gen.of(List.of("n,,n=,r=client\nc=biws,r=clientserver,x=1,p=" + "A".repeat(43) + "="))
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Both messages of a client, with a line end between them. Nobody knows the password, so none may get in.
    private static void serveScram(byte[] input) {
        ScramSecret secret = ScramSecret.mock(KEY, KEY, 1);
        ScramServer server = new ScramServer(ScramMechanism.SCRAM_SHA_256, new ChannelBinding.None(), secret, "server");
        List<ByteString> messages = lines(input);
        ScramServer.Outcome outcome;
        try {
            server.challenge(messages.get(0));
            outcome = server.finish(messages.get(1));
        } catch (ProtocolViolation refused) {
            return;
        }
        check(outcome.equals(new ScramServer.Outcome.Rejected()), "a client without the password got in");
    }

    private static Gen<byte[]> scramClientSeeds() {
        return Gen.of(List.of(
                        "r=clientserver,s=AAAA,i=4096\nv=" + "A".repeat(43) + "=", "r=clientx,s=AA==,i=1,x=y\ne=no"))
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Both messages of a server, with a line end between them. It does not know the secret, so it may not convince.
    private static void speakScram(byte[] input) {
        ScramClient client = new ScramClient(
                ScramMechanism.SCRAM_SHA_256, new ChannelBinding.None(), new ScramKeys(KEY, KEY), "client");
        client.clientFirst();
        List<ByteString> messages = lines(input);
        try {
            client.clientFinal(messages.get(0));
            client.verify(messages.get(1));
        } catch (ProtocolViolation refused) {
            return;
        }
        throw new AssertionError("a server without the secret has convinced");
    }

    private static List<ByteString> lines(byte[] input) {
        int end = ByteString.copyOf(input).indexOf((byte) '\n');
        int first = end < 0 ? input.length : end;
        int second = Math.min(first + 1, input.length);
        return List.of(
                ByteString.copyOf(Arrays.copyOf(input, first)),
                ByteString.copyOf(Arrays.copyOfRange(input, second, input.length)));
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new AssertionError(problem);
        }
    }
}
