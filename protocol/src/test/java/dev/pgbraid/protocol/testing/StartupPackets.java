package dev.pgbraid.protocol.testing;

import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.startup.CancelRequest;
import dev.pgbraid.protocol.startup.GssEncRequest;
import dev.pgbraid.protocol.startup.SslRequest;
import dev.pgbraid.protocol.startup.StartupMessage;
import dev.pgbraid.protocol.startup.StartupPacket;
import java.util.List;

/// Every packet of the startup phase.
public final class StartupPackets {
    private static final int HEADER_LENGTH = 4;

    private StartupPackets() {}

    public static List<Codec<? extends StartupPacket>> all() {
        return List.of(
                codec(CancelRequest.class, Fields.cancelKey().map(CancelRequest::new)),
                codec(GssEncRequest.class, Gen.constant(new GssEncRequest())),
                codec(SslRequest.class, Gen.constant(new SslRequest())),
                codec(StartupMessage.class, startupMessage()));
    }

    private static <T extends StartupPacket> Codec<T> codec(Class<T> type, Gen<T> gen) {
        return new Codec<>(type, HEADER_LENGTH, gen, StartupPacket::encode, StartupPacket::decode);
    }

    private static Gen<StartupMessage> startupMessage() {
        return choices -> new StartupMessage(
                new ProtocolVersion(3, choices.below(0x10000)),
                Fields.parameters().make(choices));
    }
}
