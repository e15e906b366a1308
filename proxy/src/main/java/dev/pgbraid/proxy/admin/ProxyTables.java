package dev.pgbraid.proxy.admin;

import dev.pgbraid.config.LimitConfig;
import dev.pgbraid.proxy.console.Column;
import dev.pgbraid.proxy.metrics.ErrorTally;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.Supplier;

/// Shows the proxy itself: its configuration, its memory, its errors.
final class ProxyTables {
    private static final List<Column> ERRORS =
            ConsoleTable.columns("database", "shard", "sqlstate", "#count", "last_time");

    private final ProxyView proxy;
    private final Supplier<Operations> operations;

    ProxyTables(ProxyView proxy, Supplier<Operations> operations) {
        this.proxy = proxy;
        this.operations = operations;
    }

    List<Command> commands() {
        return List.of(
                Command.show("CONFIG", ConsoleTable.columns("key", "value", "default", "changeable"), this::config),
                Command.show("MEM", ConsoleTable.columns("name", "#size", "#used", "#free", "#memtotal"), this::memory),
                Command.show("STATE", ConsoleTable.columns("key", "value"), this::state),
                Command.show(
                        "VERSION", ConsoleTable.columns("version"), table -> table.add("pgbraid " + proxy.version())),
                Command.show("ERRORS", ERRORS, this::errors));
    }

    /// The first two are what monitoring of PgBouncer looks for.
    private void config(ConsoleTable table) {
        LimitConfig limits = proxy.config().get().limits();
        table.add("max_client_conn", limits.clientsMax(), LimitConfig.DEFAULT.clientsMax(), "yes");
        table.add("max_user_connections", 0, 0, "no");
        for (Operations.Key key : operations.get().keys()) {
            table.add(key.path(), key.value(), null, key.changeable() ? "yes" : "no");
        }
    }

    private void memory(ConsoleTable table) {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getUsage();
            table.add(pool.getName(), 1, usage.getUsed(), usage.getCommitted() - usage.getUsed(), usage.getCommitted());
        }
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            long free = pool.getTotalCapacity() - pool.getMemoryUsed();
            table.add("buffers " + pool.getName(), 1, pool.getMemoryUsed(), free, pool.getTotalCapacity());
        }
    }

    private void state(ConsoleTable table) {
        boolean isPaused = proxy.totals().shards().values().stream().anyMatch(Totals.ShardTotals::isPaused);
        boolean isOpen = proxy.isOpen().getAsBoolean();
        table.add("active", isPaused || !isOpen ? "no" : "yes");
        table.add("paused", isPaused ? "yes" : "no");
        table.add("suspended", "no");
        table.add("draining", isOpen ? "no" : "yes");
    }

    private void errors(ConsoleTable table) {
        Totals totals = proxy.totals();
        totals.databases()
                .forEach((name, database) ->
                        add(table, name, "", database.activity().errors()));
        totals.shards()
                .forEach((name, shard) -> add(
                        table, name.database(), name.shard(), shard.activity().errors()));
    }

    private static void add(ConsoleTable table, String database, String shard, ErrorTally errors) {
        errors.forEach((code, entry) -> table.add(database, shard, code, entry.count(), entry.last()));
    }
}
