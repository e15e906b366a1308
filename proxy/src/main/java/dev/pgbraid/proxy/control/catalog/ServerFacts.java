package dev.pgbraid.proxy.control.catalog;

/// What decides how a whole server, or a whole database on it, behaves.
///
/// @param majorVersion of PostgreSQL
/// @param encoding of texts in the database
/// @param collation the default one, by its provider and its name
/// @param collationVersion what the operating system or library says of its version; empty where there is none
/// @param isBytewise whether texts are by default in the order of their bytes
public record ServerFacts(
        int majorVersion, String encoding, String collation, String collationVersion, boolean isBytewise) {}
