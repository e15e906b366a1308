package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.tree.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the names of types, with those of the SQL standard.
final class Types {
    private static final String CATALOG = "pg_catalog";

    /// Words that stand for a type, each alone.
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("int", "int4"),
            Map.entry("integer", "int4"),
            Map.entry("smallint", "int2"),
            Map.entry("bigint", "int8"),
            Map.entry("real", "float4"),
            Map.entry("float", "float8"),
            Map.entry("decimal", "numeric"),
            Map.entry("dec", "numeric"),
            Map.entry("numeric", "numeric"),
            Map.entry("boolean", "bool"),
            Map.entry("bit", "bit"),
            Map.entry("character", "bpchar"),
            Map.entry("char", "bpchar"),
            Map.entry("nchar", "bpchar"),
            Map.entry("varchar", "varchar"),
            Map.entry("time", "time"),
            Map.entry("timestamp", "timestamp"),
            Map.entry("interval", "interval"),
            Map.entry("json", "json"));

    private static final Set<String> VARYING = Set.of("bit", "character", "char", "nchar");
    private static final Set<String> INTERVAL_FIELDS = Set.of("year", "month", "day", "hour", "minute", "second");

    private Types() {}

    /// Reads a type as it stands after `::`.
    static Expression.Type read(Cursor in) {
        int first = in.position();
        in.accept("setof");
        List<String> name = isStandard(in) ? standard(in) : generic(in);
        boolean array = bounds(in);
        return new Expression.Type(in.spanFrom(first), name, array);
    }

    /// Reads a type as it stands before a string: without array bounds.
    static Expression.Type readBeforeString(Cursor in) {
        int first = in.position();
        List<String> name = isStandard(in) ? standard(in) : generic(in);
        return new Expression.Type(in.spanFrom(first), name, false);
    }

    /// Whether the next words are a type that the grammar knows.
    static boolean isStandard(Cursor in) {
        return WORDS.containsKey(in.keyword()) || isDouble(in) || in.isNext("national");
    }

    private static boolean isDouble(Cursor in) {
        return in.isNext("double") && in.keyword(1).equals("precision");
    }

    private static List<String> standard(Cursor in) {
        if (in.accept("double", "precision")) {
            return List.of(CATALOG, "float8");
        }
        if (in.accept("national") && !in.isNext("character") && !in.isNext("char")) {
            throw in.unexpected();
        }
        String word = in.keyword();
        in.step();
        return List.of(
                CATALOG,
                switch (word) {
                    case "float" -> floatOf(in);
                    case "interval" -> {
                        intervalFields(in);
                        yield word;
                    }
                    case "time", "timestamp" -> {
                        modifiers(in);
                        yield isZoned(in) ? word + "tz" : word;
                    }
                    default -> {
                        boolean varying = VARYING.contains(word) && in.accept("varying");
                        modifiers(in);
                        yield varying ? (word.equals("bit") ? "varbit" : "varchar") : WORDS.getOrDefault(word, word);
                    }
                });
    }

    private static boolean isZoned(Cursor in) {
        boolean zoned = in.accept("with", "time", "zone");
        if (!zoned) {
            in.accept("without", "time", "zone");
        }
        return zoned;
    }

    /// A float of up to 24 bits is the small one.
    private static String floatOf(Cursor in) {
        boolean isSmall = in.kind() == TokenKind.OPEN
                && in.kind(1) == TokenKind.INTEGER
                && in.tokens().written(in.position() + 1).matches("0*([0-9]|1[0-9]|2[0-4])");
        modifiers(in);
        return isSmall ? "float4" : "float8";
    }

    /// Reads which fields of an interval there are.
    static void intervalFields(Cursor in) {
        modifiers(in);
        while (in.acceptAny(INTERVAL_FIELDS)) {
            modifiers(in);
            if (!in.isNext("to") || !INTERVAL_FIELDS.contains(in.keyword(1))) {
                return;
            }
            in.step();
        }
    }

    private static List<String> generic(Cursor in) {
        if (!in.isFunctionName(0)) {
            throw in.unexpected();
        }
        List<String> name = new ArrayList<>(List.of(in.label()));
        while (in.accept(TokenKind.DOT)) {
            name.add(in.label());
        }
        modifiers(in);
        return name;
    }

    private static void modifiers(Cursor in) {
        if (in.kind() == TokenKind.OPEN) {
            in.moveTo(in.brackets().close(in.position()) + 1);
        }
    }

    private static boolean bounds(Cursor in) {
        boolean array = in.accept("array");
        while (in.kind() == TokenKind.OPEN_BRACKET) {
            in.moveTo(in.brackets().close(in.position()) + 1);
            array = true;
        }
        return array;
    }
}
