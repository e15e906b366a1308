package dev.pgbraid.router.session;

import dev.pgbraid.router.lexer.KeywordCategory;
import dev.pgbraid.router.lexer.Keywords;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The values of settings as PostgreSQL writes them.
final class SettingText {
    /// Lists of names, each of which is kept with quotes if it needs them.
    private static final Set<String> NAME_LISTS = Set.of(
            "local_preload_libraries",
            "search_path",
            "session_preload_libraries",
            "shared_preload_libraries",
            "temp_tablespaces",
            "unix_socket_directories");

    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_]*");

    private SettingText() {}

    /// How a word or a string is kept in a setting.
    static String element(String setting, String text) {
        return NAME_LISTS.contains(setting) ? quoted(text) : text;
    }

    /// Folds ASCII alone, as PostgreSQL compares the names of settings.
    static String lowerCase(String text) {
        return text.chars().anyMatch(character -> character >= 'A' && character <= 'Z')
                ? text.chars()
                        .map(character -> character < 0x80 ? Character.toLowerCase(character) : character)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
    }

    /// A whole number in decimal digits if it has no more than 32 bits; PostgreSQL keeps others as they are written.
    static String number(String written) {
        String digits = written.replace("_", "").toLowerCase(Locale.ROOT);
        try {
            return Integer.toString(digits.matches("0[xob].*") ? inBase(digits) : Integer.parseInt(digits));
        } catch (NumberFormatException _) {
            return written;
        }
    }

    private static int inBase(String digits) {
        int base = switch (digits.charAt(1)) {
            case 'x' -> 16;
            case 'o' -> 8;
            default -> 2;
        };
        return Integer.parseInt(digits.substring(2), base);
    }

    private static String quoted(String name) {
        KeywordCategory category = Keywords.all().getOrDefault(name, KeywordCategory.UNRESERVED);
        boolean isPlain = PLAIN_NAME.matcher(name).matches() && category == KeywordCategory.UNRESERVED;
        return isPlain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
