package dev.pgbraid.protocol.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/// Spoils good bytes in the ways that break decoders: cut, extended, a byte changed, a length made absurd.
final class Damage {
    private static final List<Integer> ABSURD = List.of(-1, -2, Integer.MIN_VALUE, Integer.MAX_VALUE, 0xFFFF, 0);

    private Damage() {}

    static Gen<byte[]> of(Gen<byte[]> good) {
        return choices -> {
            byte[] bytes = good.make(choices);
            for (int times = choices.below(3); times >= 0; times--) {
                bytes = once(bytes, choices);
            }
            return bytes;
        };
    }

    private static byte[] once(byte[] bytes, Choices choices) {
        return switch (choices.below(4)) {
            case 0 -> Arrays.copyOf(bytes, choices.below(bytes.length + 1));
            case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + choices.below(4));
            case 2 -> withByte(bytes, choices);
            default -> withAbsurdNumber(bytes, choices);
        };
    }

    private static byte[] withByte(byte[] bytes, Choices choices) {
        if (bytes.length > 0) {
            bytes[choices.below(bytes.length)] = (byte) choices.below(0x100);
        }
        return bytes;
    }

    private static byte[] withAbsurdNumber(byte[] bytes, Choices choices) {
        if (bytes.length >= Integer.BYTES) {
            int index = choices.below(bytes.length - Integer.BYTES + 1);
            ByteBuffer.wrap(bytes).putInt(index, ABSURD.get(choices.below(ABSURD.size())));
        }
        return bytes;
    }
}
