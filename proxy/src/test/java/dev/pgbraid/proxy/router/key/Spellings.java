package dev.pgbraid.proxy.router.key;

import dev.pgbraid.protocol.testing.Gen;
import dev.pgbraid.router.key.KeyType;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// Makes texts that are values of a type, and texts that nearly are.
final class Spellings {
    private static final List<String> BLANKS = List.of("", "", "", " ", "\t", "\n ", "\f");
    private static final List<String> NUMBER_PIECES = List.of(
            "0",
            "1",
            "7",
            "42",
            "00",
            "_",
            "+",
            "-",
            ".",
            "e",
            "E5",
            "e-3",
            "0x",
            "0X1f",
            "0o17",
            "0B1",
            "1_000",
            " ",
            "32767",
            "32768",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "NaN",
            "inf",
            "-Infinity",
            "x",
            "ü",
            "\t");
    private static final List<String> BOOLEAN_PIECES = List.of(
            "t", "tr", "TRUE", "f", "fals", "false", "y", "Yes", "n", "no", "o", "on", "of", "OFF", "1", "0", "10", " ",
            "x", "é", "");
    private static final List<String> BYTEA_PIECES = List.of(
            "\\x", "\\x00", "0", "ff", "A", "9c", " ", "\n", "\\", "\\\\", "\\000", "\\377", "\\400", "\\08", "a", "é",
            "'", "");

    private Spellings() {}

    /// Values in the form in which the server writes them or in one as plain.
    static Gen<String> values(KeyType type) {
        return switch (type) {
            case BOOLEAN -> Gen.of(List.of("true", "false"));
            case BYTEA -> Gen.bytes(30).map(Spellings::hexadecimal);
            case SMALLINT -> wholes(Short.SIZE);
            case INTEGER -> wholes(Integer.SIZE);
            case BIGINT -> wholes(Long.SIZE);
            case TEXT, VARCHAR, CHARACTER -> texts();
            case DATE -> days();
            case TIMESTAMP -> choices -> days().make(choices) + " " + times().make(choices);
            case TIMESTAMPTZ -> choices -> days().make(choices) + " " + times().make(choices) + zones().make(choices);
            case NUMERIC -> Gen.oneOf(List.of(decimals(), Gen.of(List.of("NaN", "Infinity", "-Infinity", "0.000"))));
            case UUID -> uuids();
        };
    }

    /// Texts of which many are values, in odd forms, and many are not.
    static Gen<String> attempts(KeyType type) {
        return switch (type) {
            case BOOLEAN -> pieces(BOOLEAN_PIECES, 3);
            case BYTEA -> pieces(BYTEA_PIECES, 6);
            case SMALLINT, INTEGER, BIGINT, NUMERIC ->
                Gen.oneOf(List.of(pieces(NUMBER_PIECES, 5), padded(values(type)), decimals()));
            case TEXT, VARCHAR, CHARACTER -> texts();
            case DATE, TIMESTAMP, TIMESTAMPTZ -> Gen.oneOf(List.of(padded(values(type)), oddTimes()));
            case UUID -> Gen.oneOf(List.of(uuids(), oddUuids()));
        };
    }

    private static Gen<String> wholes(int bits) {
        return choices -> String.valueOf(bits(choices.below(bits) + 1).make(choices));
    }

    /// Numbers of so many bits, the sign among them.
    private static Gen<Long> bits(int count) {
        return choices -> {
            long bits = 0;
            for (int i = 0; i < Long.SIZE; i += Short.SIZE) {
                bits = bits << Short.SIZE | choices.below(1 << Short.SIZE);
            }
            return bits >> (Long.SIZE - count);
        };
    }

    private static Gen<String> decimals() {
        Gen<String> digits = Gen.listOf(30, Gen.of(List.of("0", "1", "9", "000", "0000", "57")))
                .map(list -> String.join("", list));
        return choices -> Gen.of(List.of("", "-", "+")).make(choices)
                + digits.make(choices)
                + choices.below(10)
                + Gen.of(List.of("", ".")).make(choices)
                + digits.make(choices)
                + Gen.of(List.of("", "", "e3", "E-7", "e+20", "e-40")).make(choices);
    }

    private static Gen<String> texts() {
        Gen<String> piece =
                Gen.of(List.of("a", "Z", "0", " ", "  ", "é", "漢", "😀", "_", "\\", "'", "\t", "long words"));
        return Gen.listOf(12, piece).map(list -> String.join("", list));
    }

    private static Gen<String> days() {
        return choices -> LocalDate.of(1 + choices.below(9999), 1, 1)
                .plusDays(choices.below(365))
                .toString();
    }

    private static Gen<String> times() {
        return choices -> "%02d:%02d:%02d%s"
                .formatted(
                        choices.below(24),
                        choices.below(60),
                        choices.below(60),
                        Gen.of(List.of("", ".5", ".25", ".000001", ".499999", ".999999"))
                                .make(choices));
    }

    private static Gen<String> zones() {
        return Gen.of(List.of("+00", "Z", "-05", "+05:30", "-0330", "+14:00", "-15:59", "+05:53:28"));
    }

    private static Gen<String> oddTimes() {
        List<Gen<String>> parts = List.of(
                Gen.of(List.of("2026", "2024", "2023", "1900", "0001", "9999", "0000", "99", "10000")),
                Gen.of(List.of("-", "-", "-", "/", "")),
                Gen.of(List.of("01", "12", "02", "02", "13", "00", "1", "Feb")),
                Gen.of(List.of("-", "-", "-", "/", "")),
                Gen.of(List.of("01", "28", "29", "30", "31", "00", "32", "5")),
                Gen.of(List.of(" ", " ", "T", "", "  ", "t")),
                Gen.of(List.of("12:30", "00:00:00", "23:59:59.5", "24:00:00", "1:2:3", "12:60", "23:59:60", "")),
                Gen.of(List.of("", "", ".", ".1234567", ".000001")),
                Gen.of(List.of("", "+00", "Z", "z", "-05:30", "+1530", "+16", " UTC", "+01:60", "+1", " BC", " +02")));
        Gen<String> odd = choices ->
                String.join("", parts.stream().map(part -> part.make(choices)).toList());
        return Gen.oneOf(List.of(
                odd, padded(Gen.of(List.of("infinity", "-Infinity", "+infinity", "epoch", "now", "today", "", "x")))));
    }

    private static Gen<String> uuids() {
        return choices -> new UUID(bits(64).make(choices), bits(64).make(choices)).toString();
    }

    private static Gen<String> oddUuids() {
        return choices -> {
            StringBuilder text = new StringBuilder(uuids().make(choices).replace("-", ""));
            for (int at = 28; at > 0; at -= 4) {
                text.insert(at, choices.below(2) == 0 ? "-" : "");
            }
            if (choices.below(4) == 0) {
                text.setCharAt(choices.below(text.length()), "gG- A{é".charAt(choices.below(7)));
            }
            String odd = choices.below(2) == 0 ? text.toString().toUpperCase(Locale.ROOT) : text.toString();
            return Gen.of(List.of("%s", "%s", "{%s}", "{%s", "%s}", " %s", "%s ", "%s-"))
                    .make(choices)
                    .formatted(odd);
        };
    }

    private static Gen<String> padded(Gen<String> text) {
        return choices -> Gen.of(BLANKS).make(choices)
                + text.make(choices)
                + Gen.of(BLANKS).make(choices);
    }

    private static Gen<String> pieces(List<String> pieces, int countMax) {
        return Gen.listOf(countMax, Gen.of(pieces)).map(list -> String.join("", list));
    }

    private static String hexadecimal(byte[] bytes) {
        return "\\x" + HexFormat.of().formatHex(bytes);
    }
}
