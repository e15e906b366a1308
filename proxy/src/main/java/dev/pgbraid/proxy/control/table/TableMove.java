package dev.pgbraid.proxy.control.table;

import dev.pgbraid.config.TableConfig;
import dev.pgbraid.proxy.control.placement.StoredTable;
import dev.pgbraid.proxy.control.placement.StoredTopology;
import dev.pgbraid.proxy.control.shard.ShardFailure;
import dev.pgbraid.proxy.control.shard.ShardTransaction;
import dev.pgbraid.proxy.control.shard.Sql;
import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.key.KeyCollation;
import dev.pgbraid.router.key.KeyColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Carries the rows of one table from shard to shard, inside the transactions of all of them.
final class TableMove {
    private static final String OBSTACLES = """
        SELECT c.relkind::text AS kind, c.relpersistence::text AS persistence, c.relrowsecurity AS row_security,
            EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent)) AS inherits,
            EXISTS (SELECT FROM pg_rewrite r WHERE r.ev_class = c.oid) AS rules,
            EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal) AS triggers
        FROM pg_class c WHERE c.oid = ?::regclass\
        """;

    private static final String UNIQUE = """
        SELECT x.relname AS name,
            ARRAY(SELECT coalesce(a.attname::text, '') FROM unnest(i.indkey) WITH ORDINALITY AS k(number, place)
                LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number > 0
                WHERE k.place <= i.indnkeyatts) AS columns
        FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
        WHERE i.indrelid = ?::regclass AND (i.indisunique OR i.indisexclusion)\
        """;

    private final ObjectName table;
    private final String name;
    private final Participants participants;
    private final StoredTopology next;
    private final Catalog catalog;
    private final List<String> notices = new ArrayList<>();
    private final SequencedMap<String, Long> arrived = new LinkedHashMap<>();

    TableMove(ObjectName table, Participants participants, StoredTopology next, Catalog catalog) {
        this.table = table;
        this.name = TableDefinition.written(table);
        this.participants = participants;
        this.next = next;
        this.catalog = catalog;
    }

    /// How many rows each shard has got from others.
    SequencedMap<String, Long> arrived() {
        return Collections.unmodifiableSequencedMap(arrived);
    }

    /// What its user should know.
    List<String> notices() {
        return List.copyOf(notices);
    }

    /// Takes each row to the shard of its key.
    void spread() throws ShardFailure, Refusal {
        ShardTransaction home = participants.home();
        TableDefinition definition = begin(home);
        StoredTable stored = next.table(table.toString()).orElseThrow();
        TableConfig declared = stored.declared();
        List<KeyColumn> key = NextTopology.keyColumns(table, declared.key(), catalog);
        for (KeyColumn column : key) {
            if (column.collation() == KeyCollation.NONDETERMINISTIC) {
                throw Refusal.unsupported(
                        "key column " + column.name() + " has a nondeterministic collation", "Take another column.");
            }
        }
        requireUniqueByKey(home, declared.key());
        StoredTable leader = declared.colocatedWith()
                .map(other -> next.table(other).orElseThrow())
                .orElse(stored);
        String bucket = BucketSql.bucket(key, leader.placement().size());
        for (ShardTransaction target : participants.others()) {
            fill(definition, target, BucketSql.isOn(bucket, leader.placement(), target.shard()));
        }
        long deleted = home.execute(
                "DELETE FROM " + name + " WHERE NOT " + BucketSql.isOn(bucket, leader.placement(), home.shard()));
        requireEqual(arrived.values().stream().mapToLong(Long::longValue).sum(), deleted);
        separate(definition.sequences());
    }

    /// Gives all rows to every shard.
    void copy() throws ShardFailure, Refusal {
        TableDefinition definition = begin(participants.home());
        for (ShardTransaction target : participants.others()) {
            fill(definition, target, "true");
        }
        if (!definition.sequences().isEmpty()) {
            notices.add("Its sequences go on from the same numbers on every shard.");
        }
    }

    /// Takes all rows to the home shard, and the table away from the others.
    ///
    /// @param isCopied whether all shards have the same rows
    void gather(boolean isCopied) throws ShardFailure, Refusal {
        ShardTransaction home = participants.home();
        for (ShardTransaction shard : participants.all()) {
            shard.execute("LOCK TABLE " + name + " IN ACCESS EXCLUSIVE MODE");
        }
        TableDefinition definition = TableDefinition.read(home, table);
        unite(definition.sequences());
        for (ShardTransaction shard : participants.others()) {
            if (!isCopied) {
                carry(definition, shard, home, "true");
            }
            shard.execute("DROP TABLE " + name);
        }
    }

    /// Takes the rows of a key, and those of the same key in colocated tables, to the shard that they belong to.
    void take(String key) throws ShardFailure, Refusal {
        List<KeyMove> moves = new ArrayList<>();
        for (StoredTable stored : ReferenceOrder.of(table, next, catalog)) {
            ObjectName moved = NextTopology.name(stored);
            TableMove move = new TableMove(moved, participants, next, catalog);
            for (ShardTransaction shard : participants.all()) {
                shard.execute("LOCK TABLE " + move.name + " IN ACCESS EXCLUSIVE MODE");
            }
            String column = stored.declared().key().getFirst();
            moves.add(new KeyMove(move, move.begin(participants.home()), Sql.name(column) + " = " + Sql.literal(key)));
        }
        String shard =
                next.table(table.toString()).orElseThrow().entries().getLast().shard();
        ShardTransaction target = participants.all().stream()
                .filter(each -> each.shard().equals(shard))
                .findFirst()
                .orElseThrow();
        for (KeyMove move : moves) {
            for (ShardTransaction source : participants.all()) {
                if (!source.equals(target)) {
                    move.table.carry(move.definition, source, target, move.condition);
                }
            }
            move.table.arrived.forEach((to, rows) -> arrived.merge(to, rows, Long::sum));
        }
        for (KeyMove move : moves.reversed()) {
            for (ShardTransaction source : participants.all()) {
                if (!source.equals(target)) {
                    source.execute("DELETE FROM " + move.table.name + " WHERE " + move.condition);
                }
            }
        }
    }

    /// The rows of one key in one table.
    private record KeyMove(TableMove table, TableDefinition definition, String condition) {}

    private TableDefinition begin(ShardTransaction home) throws ShardFailure, Refusal {
        home.execute("LOCK TABLE " + name + " IN ACCESS EXCLUSIVE MODE");
        List<String> obstacles = home.row(
                OBSTACLES,
                row -> {
                    List<String> found = new ArrayList<>();
                    add(found, !row.text("kind").equals("r"), "is no plain table");
                    add(found, !row.text("persistence").equals("p"), "is unlogged or temporary");
                    add(found, row.flag("inherits"), "is part of an inheritance or partitioned");
                    add(found, row.flag("row_security"), "has row security");
                    add(found, row.flag("rules"), "has rules");
                    add(found, row.flag("triggers"), "has triggers");
                    return found;
                },
                name);
        if (!obstacles.isEmpty()) {
            throw Refusal.unsupported(
                    "table " + table + " " + String.join(", ", obstacles),
                    "Make it on every shard by hand, and declare it in the configuration file.");
        }
        return TableDefinition.read(home, table);
    }

    private static void add(List<String> found, boolean isObstacle, String words) {
        if (isObstacle) {
            found.add(words);
        }
    }

    /// Two rows that should not both be there could be on two shards, unless the key is part of what is unique.
    private void requireUniqueByKey(ShardTransaction home, List<String> key) throws ShardFailure, Refusal {
        record Unique(String name, List<String> columns) {}
        for (Unique unique : home.rows(UNIQUE, row -> new Unique(row.text("name"), row.texts("columns")), name)) {
            if (unique.columns.containsAll(key)) {
                continue;
            }
            boolean isNumbered = unique.columns.size() == 1
                    && catalog.relation(table)
                            .flatMap(relation -> relation.column(unique.columns.getFirst()))
                            .flatMap(column -> column.defaultValue())
                            .filter(value -> !value.sequences().isEmpty())
                            .isPresent();
            if (!isNumbered) {
                throw Refusal.unsupported(
                        "index " + unique.name + " is unique without the key " + key
                                + ", which no shard can check alone",
                        "Make the key a part of it, or drop it.");
            }
            notices.add("Index " + unique.name + " is checked on each shard alone; its numbers come from sequences that"
                    + " are disjoint.");
        }
    }

    private void fill(TableDefinition definition, ShardTransaction target, String condition)
            throws ShardFailure, Refusal {
        boolean isThere = target.row("SELECT to_regclass(?) IS NOT NULL AS there", row -> row.flag("there"), name);
        if (isThere) {
            target.execute("LOCK TABLE " + name + " IN ACCESS EXCLUSIVE MODE");
            requireAlikeAndEmpty(definition, target);
        } else {
            for (String sql : definition.before()) {
                target.execute(sql);
            }
        }
        carry(definition, participants.home(), target, condition);
        for (String sql : isThere ? List.<String>of() : definition.after()) {
            target.execute(sql);
        }
    }

    private void requireAlikeAndEmpty(TableDefinition definition, ShardTransaction target)
            throws ShardFailure, Refusal {
        if (!TableDefinition.read(target, table).columns().equals(definition.columns())) {
            throw new Refusal(
                    "42P07",
                    target.shard() + ": relation \"" + table + "\" exists and has other columns",
                    "Drop it there, or make it alike.");
        }
        long rows = count(target, "true");
        if (rows > 0) {
            throw new Refusal(
                    "42P07",
                    target.shard() + ": relation \"" + table + "\" exists and has " + rows + " rows",
                    "Drop it there, or empty it.");
        }
    }

    private void carry(TableDefinition definition, ShardTransaction from, ShardTransaction to, String condition)
            throws ShardFailure, Refusal {
        String columns = Sql.names(definition.stored());
        long before = count(to, "true");
        long copied = from.copy(
                "COPY (SELECT " + columns + " FROM " + name + " WHERE " + condition + ") TO STDOUT",
                to,
                "COPY " + name + " (" + columns + ") FROM STDIN");
        requireEqual(count(from, condition), copied);
        requireEqual(count(to, "true"), before + copied);
        arrived.merge(to.shard(), copied, Long::sum);
    }

    private long count(ShardTransaction shard, String condition) throws ShardFailure {
        return shard.row("SELECT count(*) AS n FROM " + name + " WHERE " + condition, row -> row.whole("n"));
    }

    private void requireEqual(long wanted, long found) throws Refusal {
        if (wanted != found) {
            throw new Refusal(
                    "XX000",
                    "of " + wanted + " rows of table " + table + " " + found + " arrived",
                    "Nothing has changed. Please report this.");
        }
    }

    /// Lets the shards take turns: shard *i* of *n* takes the numbers that leave *i* when divided by *n*.
    private void separate(List<ObjectName> sequences) throws ShardFailure {
        int count = participants.all().size();
        for (ObjectName sequence : sequences) {
            // Nobody takes a number from here on.
            participants
                    .home()
                    .execute("ALTER SEQUENCE " + TableDefinition.written(sequence) + " INCREMENT BY " + count);
            long first = Math.floorDiv(last(participants.home(), sequence), count) * count + count;
            for (int i = 0; i < count; i++) {
                restart(participants.all().get(i), sequence, count, first + i);
            }
        }
    }

    private void unite(List<ObjectName> sequences) throws ShardFailure {
        for (ObjectName sequence : sequences) {
            long last = 0;
            for (ShardTransaction shard : participants.all()) {
                last = Math.max(last, last(shard, sequence));
            }
            restart(participants.home(), sequence, 1, last + 1);
        }
    }

    private static long last(ShardTransaction shard, ObjectName sequence) throws ShardFailure {
        return shard.row("SELECT last_value FROM " + TableDefinition.written(sequence), row -> row.whole("last_value"));
    }

    private static void restart(ShardTransaction shard, ObjectName sequence, int increment, long first)
            throws ShardFailure {
        shard.execute("ALTER SEQUENCE " + TableDefinition.written(sequence) + " INCREMENT BY " + increment
                + " START WITH " + first + " RESTART WITH " + first);
    }
}
