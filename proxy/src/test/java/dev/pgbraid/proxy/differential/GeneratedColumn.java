package dev.pgbraid.proxy.differential;

import java.util.List;

/// A column of a generated statement.
///
/// @param name with the item of `FROM` that it is of
/// @param isKey whether it tells where a row is
record GeneratedColumn(String name, Type type, boolean isKey) {
    private static final List<String> NUMBERS = List.of(
            "1", "2", "3", "5", "42", "-1", "'5'", "5::bigint", "5.0", "2 + 3", "'7'::int", "NULL", "+4", "6000000000");
    private static final List<String> TEXTS = List.of(
            "'a'", "'abc'", "''", "'tenant-1'", "'us'", "'eu'", "'abc'::text", "NULL", "'us'::varchar", "'Ada'");
    private static final List<String> DEVICES = List.of(
            "'00000000-0000-4000-8000-000000000001'",
            "'00000000000040008000000000000005'",
            "'{00000000-0000-4000-8000-000000000003}'::uuid",
            "NULL");

    GeneratedColumn(String name, Type type) {
        this(name, type, false);
    }

    /// What can be compared with one another.
    enum Type {
        NUMBER,
        TEXT,
        DEVICE;

        /// Ways to write some values. The first is the simplest.
        List<String> literals() {
            return switch (this) {
                case NUMBER -> NUMBERS;
                case TEXT -> TEXTS;
                case DEVICE -> DEVICES;
            };
        }
    }
}
