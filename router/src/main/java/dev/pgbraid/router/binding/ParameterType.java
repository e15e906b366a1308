package dev.pgbraid.router.binding;

import dev.pgbraid.router.key.KeyType;

/// The type of a parameter: one that a key can have, or an array of it.
public record ParameterType(KeyType type, boolean isArray) {}
