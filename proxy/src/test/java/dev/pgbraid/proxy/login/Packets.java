package dev.pgbraid.proxy.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.startup.GssEncRequest;
import dev.pgbraid.protocol.startup.StartupMessage;
import dev.pgbraid.protocol.startup.StartupPacket;
import dev.pgbraid.proxy.testing.WireClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What connections begin with, as bytes.
final class Packets {
    private Packets() {}

    static StartupMessage startup(String user) {
        SequencedMap<ByteString, ByteString> parameters = new LinkedHashMap<>();
        parameters.put(ByteString.utf8("user"), ByteString.utf8(user));
        return new StartupMessage(ProtocolVersion.V3_0, parameters);
    }

    static byte[] bytes(StartupPacket packet) {
        ByteBuf out = Unpooled.buffer();
        packet.encode(out);
        return ByteBufUtil.getBytes(out);
    }

    /// A startup packet of any content: its length, `code`, and `rest` zero bytes.
    static byte[] raw(int length, int code, int rest) {
        return ByteBuffer.allocate(2 * Integer.BYTES + rest)
                .putInt(length)
                .putInt(code)
                .array();
    }

    static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    static void expectGssRefused(WireClient client) {
        client.send(new GssEncRequest());
        assertThat((char) client.readByte()).isEqualTo('N');
    }
}
