package dev.pgbraid.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgbraid.config.key.Setting;
import dev.pgbraid.config.yaml.BlockReader;
import dev.pgbraid.config.yaml.Position;
import dev.pgbraid.config.yaml.Problems;
import dev.pgbraid.config.yaml.References;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads configuration files.
public final class ConfigReader {
    private static final int FILE_BYTES_MAX = 1024 * 1024;

    private ConfigReader() {}

    /// Reads `file`; `${env:NAME}` is looked up in `environment`, and paths in the file are relative to it.
    public static ConfigResult read(Path file, Function<String, @Nullable String> environment) {
        Path directory = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(FILE_BYTES_MAX + 1);
            if (bytes.length > FILE_BYTES_MAX) {
                return invalid(file, "is larger than " + new DataSize(FILE_BYTES_MAX));
            }
            Problems problems = new Problems();
            return decode(bytes, problems)
                    .map(text -> read(file.toString(), text, directory, environment))
                    .orElseGet(() -> invalid(file.toString(), problems));
        } catch (NoSuchFileException missing) {
            return invalid(file, "does not exist");
        } catch (AccessDeniedException denied) {
            return invalid(file, "may not be read by this user");
        } catch (IOException unreadable) {
            return invalid(file, "cannot be read");
        }
    }

    /// Reads the text of a file called `name`; `directory` is what the paths in it are relative to.
    public static ConfigResult read(
            String name, String text, Path directory, Function<String, @Nullable String> environment) {
        Problems problems = new Problems();
        SortedMap<String, Setting> settings = new TreeMap<>();
        References references = new References(directory, environment);
        Optional<ProxyConfig> config = BlockReader.read(ProxyConfig.BLOCK, text, references, problems, settings);
        if (config.isPresent() && problems.isEmpty()) {
            return new ConfigResult.Valid(config.get(), new ConfigSettings(settings));
        }
        return invalid(name, problems);
    }

    private static ConfigResult invalid(String name, Problems problems) {
        return new ConfigResult.Invalid(problems.inOrder().stream()
                .map(problem -> new ConfigProblem(
                        name, problem.at().line(), problem.at().column(), problem.key(), problem.message()))
                .toList());
    }

    private static Optional<String> decode(byte[] content, Problems problems) {
        CharBuffer text = CharBuffer.allocate(content.length);
        boolean isWhole =
                !UTF_8.newDecoder().decode(ByteBuffer.wrap(content), text, true).isError();
        String decoded = text.flip().toString();
        if (!isWhole) {
            problems.add(Position.in(decoded, decoded.length()), "", "not UTF-8 text");
            return Optional.empty();
        }
        return Optional.of(decoded);
    }

    private static ConfigResult invalid(Path file, String message) {
        return new ConfigResult.Invalid(List.of(new ConfigProblem(file.toString(), 1, 1, "", message)));
    }
}
