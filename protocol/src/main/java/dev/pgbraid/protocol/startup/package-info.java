/// What a client sends before the protocol proper. These packets have no type byte.
///
/// ```text
/// | Int32 length | Int32 code | ...
///
/// StartupMessage   code = version   { String name | String value }* | Byte1(0)
/// SSLRequest       code = 80877103
/// GSSENCRequest    code = 80877104
/// CancelRequest    code = 80877102  Int32 process | Byte4..256 secret
/// ```
@NullMarked
package dev.pgbraid.protocol.startup;

import org.jspecify.annotations.NullMarked;
