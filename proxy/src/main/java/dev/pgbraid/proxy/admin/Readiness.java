package dev.pgbraid.proxy.admin;

import dev.pgbraid.proxy.admin.Totals.ShardTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What keeps the proxy from serving clients.
///
/// One shard that is away hurts only statements that need it, so that alone keeps nobody out.
///
/// @param missing each by its name, in words; nothing if the proxy is ready
/// @param warnings what is missing but not needed by all
record Readiness(List<String> missing, List<String> warnings) {
    Readiness {
        missing = List.copyOf(missing);
        warnings = List.copyOf(warnings);
    }

    static Readiness of(ProxyView proxy) {
        List<String> missing = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        if (!proxy.isOpen().getAsBoolean()) {
            missing.add("new clients: the proxy is draining");
        }
        Totals totals = proxy.totals();
        for (String database : totals.databases().keySet()) {
            List<Map.Entry<ShardName, ShardTotals>> shards = totals.shards().entrySet().stream()
                    .filter(shard -> shard.getKey().database().equals(database))
                    .toList();
            List<String> away = shards.stream()
                    .flatMap(shard -> shard.getValue().failure().stream())
                    .map(failure -> "database " + database + ": " + failure)
                    .toList();
            boolean isGone = !away.isEmpty() && away.size() == shards.size();
            (isGone ? missing : warnings).addAll(away);
        }
        return new Readiness(missing, warnings);
    }

    boolean isReady() {
        return missing.isEmpty();
    }

    /// A line for the state, and one for each thing that is missing.
    String text() {
        StringBuilder text = new StringBuilder(isReady() ? "ready" : "not ready");
        missing.forEach(each -> text.append("\nmissing: ").append(each));
        warnings.forEach(each -> text.append("\nwarning: ").append(each));
        return text.toString();
    }
}
