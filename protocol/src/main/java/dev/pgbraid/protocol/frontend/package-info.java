/// The messages that a client sends after the startup phase, a record for each.
///
/// Every message is `| Byte1 type | Int32 length | body |`; the length counts itself and the body. In the bodies a
/// String is bytes up to a zero byte, a list is an Int16 count and that many elements, and a value is an Int32 length,
/// -1 for NULL, and that many bytes.
///
/// | message             | type | body |
/// |---------------------|------|------|
/// | Bind                | B    | String portal, String statement, list of Int16 format, list of value, list of Int16 |
/// | Close               | C    | Byte1 S or P, String name |
/// | CopyData            | d    | data to the end |
/// | CopyDone            | c    | |
/// | CopyFail            | f    | String reason |
/// | Describe            | D    | Byte1 S or P, String name |
/// | Execute             | E    | String portal, Int32 rowsMax |
/// | Flush               | H    | |
/// | FunctionCall        | F    | Int32 function, list of Int16 format, list of value, Int16 |
/// | GSSResponse         | p    | data to the end |
/// | Parse               | P    | String statement, String query, list of Int32 type |
/// | PasswordMessage     | p    | String password |
/// | Query               | Q    | String query |
/// | SASLInitialResponse | p    | String mechanism, value |
/// | SASLResponse        | p    | data to the end |
/// | Sync                | S    | |
/// | Terminate           | X    | |
///
/// The last formats of Bind and FunctionCall are those of the result.
///
/// To add a message: write its record with `decode`, `tag` and `encodeBody`, name it in the `permits` clause and in the
/// switch of `FrontendMessage`, add a row here, and give the tests a generator for it in `Messages`, where one that is
/// missing is a failure.
@NullMarked
package dev.pgbraid.protocol.frontend;

import org.jspecify.annotations.NullMarked;
