package dev.pgbraid.router.tree;

/// A statement that reads or changes rows.
public sealed interface Statement extends Node permits Query, Insert, Update, Delete, Merge {}
