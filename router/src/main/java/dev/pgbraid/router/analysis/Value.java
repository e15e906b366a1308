package dev.pgbraid.router.analysis;

import dev.pgbraid.router.key.KeyReading;
import dev.pgbraid.router.key.KeyType;

/// What a term is for certain literals and parameters.
sealed interface Value {

    /// Characters without a type; they have that of what they are compared with.
    record Untyped(String text) implements Value {}

    record Typed(KeyType type, KeyReading reading) implements Value {}

    /// It cannot be told.
    record Unknown(String reason) implements Value {}

    record Null() implements Value {}
}
