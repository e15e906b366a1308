package dev.pgbraid.proxy.differential;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A statement of a file and what is said about it there.
///
/// @param line where it begins
/// @param parameters the values of `$1` and so on
/// @param error the SQLSTATE that PostgreSQL answers with, if it does
/// @param hasTies whether its outermost ORDER BY does not decide the order of all rows
/// @param isSimple whether it is for the simple protocol alone
record Statement(
        int line, String text, List<Parameter> parameters, Optional<String> error, boolean hasTies, boolean isSimple) {
    private static final Pattern NUMBERED = Pattern.compile("\\$(\\d+)");

    Statement {
        parameters = List.copyOf(parameters);
    }

    /// The text with the values in the places of the parameters.
    String textWithLiterals() {
        return NUMBERED.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        parameters.isEmpty() ? found.group() : literal(Integer.parseInt(found.group(1)))));
    }

    private String literal(int number) {
        String literal = parameters.get(number - 1).literal();
        return literal.startsWith("-") ? "(" + literal + ")" : literal;
    }

    /// Whether its outermost ORDER BY decides the order of the rows.
    boolean isOrdered() {
        return !hasTies && outermost().contains("ORDER BY");
    }

    /// The text outside of all brackets.
    private String outermost() {
        StringBuilder outside = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : 0;
            depth -= c == ')' ? 1 : 0;
            if (depth == 0) {
                outside.append(Character.toUpperCase(c));
            }
        }
        return outside.toString().replaceAll("\\s+", " ");
    }
}
