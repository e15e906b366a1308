/// The messages that a server sends after the startup phase, a record for each.
///
/// The notation is that of the frontend package.
///
/// | message                  | type | body |
/// |--------------------------|------|------|
/// | Authentication*          | R    | Int32 code, then as below |
/// | BackendKeyData           | K    | Int32 process, 4 to 256 bytes of secret to the end |
/// | BindComplete             | 2    | |
/// | CloseComplete            | 3    | |
/// | CommandComplete          | C    | String commandTag |
/// | CopyBothResponse         | W    | Int8 format, list of Int16 columnFormat |
/// | CopyData                 | d    | data to the end |
/// | CopyDone                 | c    | |
/// | CopyInResponse           | G    | Int8 format, list of Int16 columnFormat |
/// | CopyOutResponse          | H    | Int8 format, list of Int16 columnFormat |
/// | DataRow                  | D    | list of value |
/// | EmptyQueryResponse       | I    | |
/// | ErrorResponse            | E    | { Byte1 field, String text }*, Byte1(0) |
/// | FunctionCallResponse     | V    | value |
/// | NegotiateProtocolVersion | v    | Int32 version, Int32 count, that many String option |
/// | NoData                   | n    | |
/// | NoticeResponse           | N    | { Byte1 field, String text }*, Byte1(0) |
/// | NotificationResponse     | A    | Int32 process, String channel, String payload |
/// | ParameterDescription     | t    | list of Int32 type |
/// | ParameterStatus          | S    | String name, String value |
/// | ParseComplete            | 1    | |
/// | PortalSuspended          | s    | |
/// | ReadyForQuery            | Z    | Byte1 I, T or E |
/// | RowDescription           | T    | list of field, as below |
///
/// A field is: String name, Int32 table, Int16 column, Int32 type, Int16 size, Int32 modifier, Int16 format.
///
/// | authentication request | code | after the code |
/// |------------------------|------|----------------|
/// | Ok                     | 0    | |
/// | KerberosV5             | 2    | |
/// | CleartextPassword      | 3    | |
/// | MD5Password            | 5    | 4 bytes of salt |
/// | GSS                    | 7    | |
/// | GSSContinue            | 8    | data to the end |
/// | SSPI                   | 9    | |
/// | SASL                   | 10   | { String mechanism }*, Byte1(0) |
/// | SASLContinue           | 11   | data to the end |
/// | SASLFinal              | 12   | data to the end |
///
/// A message is added as described in the frontend package.
@NullMarked
package dev.pgbraid.protocol.backend;

import org.jspecify.annotations.NullMarked;
