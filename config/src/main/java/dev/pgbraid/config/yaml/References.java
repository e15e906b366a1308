package dev.pgbraid.config.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `${env:NAME}` and `${file:PATH}` stand for; `$${` stands for the characters `${`.
///
/// @param directory what the paths are relative to
/// @param environment the environment variables
public record References(Path directory, Function<String, @Nullable String> environment) {
    private static final Pattern FORM = Pattern.compile("\\$\\$\\{|\\$\\{(?:(env|file):([^}]*)})?");
    private static final Pattern LAST_LINE_END = Pattern.compile("\\r?\\n\\z");
    private static final int FILE_BYTES_MAX = 64 * 1024;

    /// A text with its references replaced, and what was wrong with them.
    record Resolved(String text, List<String> problems) {
        Resolved {
            problems = List.copyOf(problems);
        }
    }

    Resolved resolve(String text) {
        List<String> problems = new ArrayList<>();
        String resolved = FORM.matcher(text).replaceAll(match -> {
            try {
                return Matcher.quoteReplacement(value(match));
            } catch (Unresolved unresolved) {
                problems.add(unresolved.words);
                return "";
            }
        });
        return new Resolved(resolved, problems);
    }

    private String value(MatchResult match) throws Unresolved {
        if (match.group().equals("$${")) {
            return "${";
        }
        if (match.group(1) == null) {
            throw new Unresolved("holds ${ without env: or file: and a closing }; for the characters ${ write $${");
        }
        return match.group(1).equals("env") ? variable(match.group(2)) : content(match.group(2));
    }

    private String variable(String name) throws Unresolved {
        String value = environment.apply(name);
        if (value == null) {
            throw new Unresolved("needs the environment variable " + Shown.bare(name) + ", which is not set");
        }
        return value;
    }

    private String content(String path) throws Unresolved {
        try (InputStream file = Files.newInputStream(directory.resolve(path))) {
            byte[] bytes = file.readNBytes(FILE_BYTES_MAX + 1);
            if (bytes.length > FILE_BYTES_MAX) {
                throw unresolved(path, "is larger than " + FILE_BYTES_MAX + " bytes");
            }
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return LAST_LINE_END.matcher(text).replaceFirst("");
        } catch (NoSuchFileException missing) {
            throw unresolved(path, "does not exist");
        } catch (AccessDeniedException denied) {
            throw unresolved(path, "this user may not read");
        } catch (CharacterCodingException binary) {
            throw unresolved(path, "is not UTF-8 text");
        } catch (IOException | InvalidPathException unreadable) {
            throw unresolved(path, "cannot be read");
        }
    }

    private static Unresolved unresolved(String path, String why) {
        return new Unresolved("needs the file " + Shown.bare(path) + ", which " + why);
    }

    /// A reference that stands for nothing, in words that follow the name of a key.
    private static final class Unresolved extends Exception {
        private static final long serialVersionUID = 1;

        private final String words;

        Unresolved(String words) {
            super(words, null, false, false);
            this.words = words;
        }
    }
}
