package dev.pgbraid.router.lexer;

/// Where PostgreSQL allows a keyword as a name, in the words of its manual's appendix on keywords.
public enum KeywordCategory {
    RESERVED,
    /// Reserved, but can be the name of a function or type.
    TYPE_OR_FUNCTION_NAME,
    /// Not reserved, but cannot be the name of a function or type.
    COLUMN_NAME,
    UNRESERVED
}
