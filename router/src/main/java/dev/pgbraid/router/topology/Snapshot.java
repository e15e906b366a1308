package dev.pgbraid.router.topology;

import dev.pgbraid.router.catalog.Catalog;

/// What a database is at one moment: its objects, and where they are.
public record Snapshot(Catalog catalog, Topology topology) {}
