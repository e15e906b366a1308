package dev.pgbraid.protocol.fuzz;

import dev.pgbraid.protocol.testing.Gen;
import java.util.function.Consumer;

/// Something that takes untrusted bytes, and bytes that it accepts to begin with.
///
/// @param check throws unless the bytes are accepted or refused in the way that is allowed
record Target(String name, Gen<byte[]> seeds, Consumer<byte[]> check) {}
