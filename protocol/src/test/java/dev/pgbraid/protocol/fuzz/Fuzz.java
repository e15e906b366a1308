package dev.pgbraid.protocol.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What Jazzer calls: once with the name of a target, then with one input after another.
public final class Fuzz {
    private static List<Target> targets = List.of();

    private Fuzz() {}

    public static void fuzzerInitialize(String[] arguments) {
        targets = targets(arguments[0]);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        if (targets.size() == 1) {
            targets.getFirst().check().accept(input);
        } else if (input.length > 0) {
            targets.get((input[0] & 0xFF) % targets.size()).check().accept(input);
        }
    }

    /// The target of this name. Those of `all` are told apart by the first byte of the input.
    static List<Target> targets(String name) {
        List<Target> all = Targets.all();
        if (!name.equals("all")) {
            return List.of(Targets.named(name));
        }
        return IntStream.range(0, all.size())
                .mapToObj(index -> afterFirstByte((byte) index, all.get(index)))
                .toList();
    }

    private static Target afterFirstByte(byte first, Target target) {
        return new Target(
                target.name(),
                target.seeds().map(seed -> prefixed(first, seed)),
                input -> target.check().accept(Arrays.copyOfRange(input, 1, input.length)));
    }

    private static byte[] prefixed(byte first, byte[] rest) {
        byte[] bytes = new byte[1 + rest.length];
        bytes[0] = first;
        System.arraycopy(rest, 0, bytes, 1, rest.length);
        return bytes;
    }
}
