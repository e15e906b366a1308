package dev.pgbraid.router.key;

/// What is known of a key value after an attempt to read it.
public sealed interface KeyReading {

    /// Wherever PostgreSQL accepts it, it has this value.
    ///
    /// A few spellings are accepted by some versions only (`0x1F` from PostgreSQL 16 on). A server that refuses one
    /// does so on any shard.
    record Proven(KeyValue value) implements KeyReading {}

    /// Its value depends on what is not known here, or takes more to compute than is known here.
    ///
    /// @param reason words that follow the name of the key: "depends on the setting TimeZone"
    record Unprovable(String reason) implements KeyReading {}

    /// PostgreSQL refuses it on every shard.
    ///
    /// @param sqlState the code of the error
    /// @param message the error in PostgreSQL's words
    record Invalid(String sqlState, String message) implements KeyReading {}
}
