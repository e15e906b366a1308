package dev.pgbraid.protocol.fuzz;

import dev.pgbraid.protocol.testing.Gen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// Writes the inputs that a fuzz run begins with: `Seeds <target> <directory>`.
public final class Seeds {
    private static final int COUNT = 20;

    private Seeds() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[1]));
        for (Target target : Fuzz.targets(arguments[0])) {
            List<byte[]> samples = Gen.samples(target.seeds(), new Random(0), COUNT);
            for (int i = 0; i < COUNT; i++) {
                Files.write(directory.resolve("seed-" + target.name() + "-" + i), samples.get(i));
            }
        }
    }
}
