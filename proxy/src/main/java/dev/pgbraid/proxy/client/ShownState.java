package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.control.ClusterListing;
import dev.pgbraid.proxy.control.ClusterState;
import dev.pgbraid.router.plan.Perspective;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `SHOW pgbraid.…` tells, which no shard knows.
final class ShownState {
    private static final String PREFIX = "pgbraid.";

    /// Those that say something of the database, which there is only where the proxy follows its placement.
    private static final Set<String> OF_DATABASE = Set.of(
            "pgbraid.epoch",
            "pgbraid.shards",
            "pgbraid.tables",
            "pgbraid.buckets",
            "pgbraid.directory",
            "pgbraid.problems");

    private static final Set<String> OF_SESSION = Set.of("pgbraid.version", "pgbraid.shard", "pgbraid.key");

    private ShownState() {}

    /// Whether it is the proxy that tells about a setting of that name.
    static boolean has(String name, Optional<ClusterState> state) {
        return name.startsWith(PREFIX)
                && (OF_SESSION.contains(name) || (state.isPresent() && OF_DATABASE.contains(name)));
    }

    /// The answer to `SHOW`.
    ///
    /// @param perspective of the session that asks
    static LocalAnswers.Table of(String name, Optional<ClusterState> state, Perspective perspective) {
        return switch (name) {
            case "pgbraid.version" -> value(name, version());
            case "pgbraid.shard" -> value(name, perspective.shard().orElse(""));
            case "pgbraid.key" -> value(name, perspective.key().orElse(""));
            default -> of(name, state.orElseThrow());
        };
    }

    private static LocalAnswers.Table of(String name, ClusterState state) {
        ClusterListing listing = ClusterListing.of(state);
        return switch (name) {
            case "pgbraid.epoch" -> value(name, Long.toString(state.stored().epoch()));
            case "pgbraid.shards" ->
                table(
                        List.of("number", "name", "is_home"),
                        listing.shards().stream()
                                .map(shard ->
                                        List.of(Integer.toString(shard.number()), shard.name(), truth(shard.isHome())))
                                .toList());
            case "pgbraid.tables" ->
                table(
                        List.of("name", "kind", "key", "sharded_as", "buckets", "problem"),
                        listing.tables().stream().map(ShownState::row).toList());
            case "pgbraid.buckets" ->
                table(
                        List.of("table_name", "first", "last", "shard"),
                        listing.buckets().stream()
                                .map(run -> List.of(
                                        run.group(),
                                        Integer.toString(run.first()),
                                        Integer.toString(run.last()),
                                        run.shard()))
                                .toList());
            case "pgbraid.directory" ->
                table(
                        List.of("table_name", "key", "shard"),
                        state.stored().tables().stream()
                                .flatMap(table -> table.entries().stream()
                                        .map(entry -> List.of(table.name(), entry.key(), entry.shard())))
                                .toList());
            default ->
                table(
                        List.of("problem"),
                        state.problems().stream().map(List::of).toList());
        };
    }

    private static List<String> row(ClusterListing.Table table) {
        return List.of(
                table.name(),
                table.kind(),
                String.join(", ", table.key()),
                table.group().orElse(""),
                Integer.toString(table.buckets()),
                table.problem().orElse(""));
    }

    private static String truth(boolean is) {
        return Boolean.toString(is).substring(0, 1);
    }

    private static LocalAnswers.Table value(String name, String value) {
        return table(List.of(name), List.of(List.of(value)));
    }

    private static LocalAnswers.Table table(List<String> columns, List<List<String>> rows) {
        return new LocalAnswers.Table(columns, rows, "SHOW");
    }

    private static String version() {
        return Optional.ofNullable(ShownState.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
