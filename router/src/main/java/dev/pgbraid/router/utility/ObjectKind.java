package dev.pgbraid.router.utility;

import dev.pgbraid.router.session.TokenCursor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What `CREATE`, `ALTER`, `DROP`, `COMMENT ON` and `GRANT ON` can be about.
enum ObjectKind {
    TABLE("table"),
    FOREIGN_TABLE("foreign table"),
    VIEW("view"),
    MATERIALIZED_VIEW("materialized view"),
    SEQUENCE("sequence"),
    INDEX("index"),

    /// A part of a table that is named with it: `trigger x ON t`.
    PART_OF_TABLE("trigger, policy, constraint"),
    RULE("rule"),
    COLUMN("column"),
    STATISTICS("statistics"),
    PUBLICATION("publication"),
    SCHEMA("schema"),
    LARGE_OBJECT("large object"),

    OF_SERVER("database, tablespace, subscription, system"),

    /// What every shard has alike.
    ALIKE("""
        access method, aggregate, cast, collation, conversion, default privileges, domain, event trigger, \
        extension, foreign data wrapper, foreign server, function, group, language, operator, owned, parameter, \
        procedural language, procedure, role, routine, server, text search, transform, type, user\
        """);

    private record Words(List<String> words, ObjectKind kind) {}

    /// Those of several words first, as some begin with the word of another kind.
    private static final List<Words> ALL = all();

    private final String names;

    /// @param names as they are written, with commas between them
    ObjectKind(String names) {
        this.names = names;
    }

    private static List<Words> all() {
        List<Words> all = new ArrayList<>();
        for (ObjectKind kind : values()) {
            for (String name : kind.names.split(", ", -1)) {
                all.add(new Words(List.of(name.split(" ", -1)), kind));
            }
        }
        all.sort(Comparator.comparingInt((Words words) -> words.words().size()).reversed());
        return List.copyOf(all);
    }

    /// Takes the words of a kind if they are next.
    static Optional<ObjectKind> accept(TokenCursor in) {
        for (Words words : ALL) {
            if (in.accept(words.words().toArray(String[]::new))) {
                return Optional.of(words.kind());
            }
        }
        return Optional.empty();
    }
}
