package dev.pgbraid.proxy.postgres;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The content of `postgresql.conf`.
final class Settings {
    /// Small and quick. Killing a server loses nothing; only a crash of the machine could, since nothing is synced.
    private static final Map<String, String> DEFAULT = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            // A socket's path must be short, and nothing here needs one.
            Map.entry("unix_socket_directories", ""),
            Map.entry("shared_buffers", "32MB"),
            Map.entry("max_connections", "200"),
            Map.entry("wal_level", "logical"),
            Map.entry("max_wal_senders", "10"),
            Map.entry("max_replication_slots", "10"),
            Map.entry("max_prepared_transactions", "100"),
            // A standby begins as a copy of the template and reads the whole log of its primary.
            Map.entry("wal_keep_size", "256MB"),
            // Memory shared in files of the data directory goes with it, however the server ends.
            Map.entry("dynamic_shared_memory_type", "mmap"),
            // A standby looks for its primary again soon after losing it.
            Map.entry("wal_retrieve_retry_interval", "100ms"),
            Map.entry("fsync", "off"),
            Map.entry("full_page_writes", "off"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            // The port's being in use is recognised by the words of the log.
            Map.entry("lc_messages", "C"),
            Map.entry("log_line_prefix", "%m [%p] "));

    private Settings() {}

    static String file(Map<String, String> own, int port) {
        Map<String, String> settings = new TreeMap<>(DEFAULT);
        settings.putAll(own);
        settings.put("port", Integer.toString(port));
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = '" + escape(setting.getValue()) + "'\n")
                .collect(Collectors.joining());
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("'", "''");
    }
}
