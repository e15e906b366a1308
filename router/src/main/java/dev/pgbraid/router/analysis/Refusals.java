package dev.pgbraid.router.analysis;

import dev.pgbraid.router.binding.BindingException;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.plan.Plan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The words in which statements are refused.
final class Refusals {
    private static final String UNSUPPORTED = "0A000";
    private static final String NAME_A_SHARD =
            "name the shard with the comment /* pgbraid: shard=NAME */ before or after the statement.";

    private Refusals() {}

    static Plan.Refused of(BindingException problem) {
        return new Plan.Refused(problem.sqlState(), problem.message(), Optional.empty(), problem.hint());
    }

    private static Plan.Refused unsupported(String message, Optional<String> detail, String hint) {
        return new Plan.Refused(UNSUPPORTED, message, detail, hint);
    }

    static Plan.Refused hiddenCode(String function) {
        return unsupported(
                "function " + function + " may read tables whose rows are on several shards",
                Optional.of("What its body does cannot be seen in the statement."),
                "To run it with the rows of one shard, " + NAME_A_SHARD);
    }

    static Plan.Refused tooDeep() {
        return unsupported("the statement is nested too deeply", Optional.empty(), "Split the statement.");
    }

    /// A query that needs rows of several shards and cannot be put together from their answers.
    static Plan.Refused query(String reason, List<Pin> pins) {
        return unsupported(reason + ", which is not supported", Optional.empty(), keyHint(pins));
    }

    /// A query with a word such as `now` in a string.
    static Plan.Refused times(List<Pin> pins) {
        return query("'now' or the like may be read as another moment on each shard", pins);
    }

    static Plan.Refused write(List<Pin> pins) {
        return unsupported(
                "the statement changes rows and needs more than one shard",
                Optional.of("Writing on several shards in one transaction is not supported yet."),
                keyHint(pins));
    }

    static Plan.Refused severalRows(String table) {
        return unsupported(
                "the rows that INSERT gives to table \"" + table + "\" belong to several shards",
                Optional.of("Writing on several shards in one transaction is not supported yet."),
                "Send one INSERT for the rows of each shard.");
    }

    static Plan.Refused severalPlaces(String first, String second) {
        return unsupported(
                "the statement needs two shards: " + first + ", and " + second,
                Optional.empty(),
                "Send a statement for each of them, or make the tables reference tables.");
    }

    static Plan.Refused elsewhere(String place, String shard) {
        return unsupported(
                place + ", and the other rows that the statement needs are on shard " + shard,
                Optional.empty(),
                "Send a statement for each of them, or make the table a reference table.");
    }

    static Plan.Refused noShard(String table, String key) {
        return unsupported(
                "no shard takes rows of table \"" + table + "\" with the key (" + key + ")",
                Optional.empty(),
                "Declare a place for this key, or a default-shard.");
    }

    static Plan.Refused unknownKey(String table, String column, String reason) {
        return unsupported(
                "the value of key column \"" + column + "\" of table \"" + table + "\" " + reason,
                Optional.empty(),
                "Give the key as a literal or a parameter of the type of its column.");
    }

    static Plan.Refused computedKey(String table, List<KeyColumn> key) {
        return unsupported(
                "the key (" + names(key) + ") of rows for table \"" + table + "\" is computed by the statement",
                Optional.empty(),
                "Give the key as a literal or a parameter, or take it from a table with the same key.");
    }

    static Plan.Refused keyChange(String table, String column) {
        return unsupported(
                "cannot set key column \"" + column + "\" of sharded table \"" + table + "\" to another value",
                Optional.of("A row stays on the shard of its key."),
                "Delete the row and insert it with its new key.");
    }

    private static String keyHint(List<Pin> pins) {
        String tables = pins.stream()
                .map(Pin::table)
                .distinct()
                .limit(3)
                .map(table -> "\"" + table + "\"")
                .collect(Collectors.joining(", "));
        return tables.isEmpty()
                ? "Rewrite the statement, or " + NAME_A_SHARD
                : "Compare the key of " + tables + " with a value, or " + NAME_A_SHARD;
    }

    private static String names(List<KeyColumn> key) {
        return key.stream().map(KeyColumn::name).collect(Collectors.joining(", "));
    }
}
