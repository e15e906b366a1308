package dev.pgbraid.loadtest.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The machine that this runs on.
public final class Machine {
    private Machine() {}

    public static String processors() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        return Runtime.getRuntime().availableProcessors() + " x " + model;
    }

    public static String kernel() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version");
    }

    /// The load averages over 1, 5 and 15 minutes.
    public static String load() throws IOException {
        String[] averages = Files.readString(Path.of("/proc/loadavg")).split(" ", 4);
        return averages[0] + " " + averages[1] + " " + averages[2];
    }

    public static String java() {
        return "JDK " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")";
    }
}
