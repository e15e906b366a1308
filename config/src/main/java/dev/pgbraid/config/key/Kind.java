package dev.pgbraid.config.key;

/// What may stand after a key.
public sealed interface Kind<T> permits Scalar, ScalarList, Block, NamedBlocks {}
