package dev.pgbraid.router.lexer;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// The settings of a session that decide what its text means. PostgreSQL reads a whole query by those that hold when
/// the query arrives.
///
/// @param standardConformingStrings the setting of that name; without it backslashes escape in plain strings too
/// @param charset of the setting `client_encoding`, see [ClientEncoding]
public record TextRules(boolean standardConformingStrings, Charset charset) {
    public static final TextRules DEFAULT = new TextRules(true, StandardCharsets.UTF_8);
}
