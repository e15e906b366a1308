package dev.pgbraid.router.lexer;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The encodings in which text can be read byte by byte, by their names in PostgreSQL.
///
/// PostgreSQL accepts some more from clients, in which a byte that looks like ASCII can be the second half of another
/// character: BIG5, GB18030, GBK, JOHAB, SHIFT_JIS_2004, SJIS and UHC. A quote or a backslash that is none could
/// hide a statement in them, so a session that asks for one must be refused.
public final class ClientEncoding {
    private static final Map<String, String> CHARSETS = Map.ofEntries(
            Map.entry("sqlascii", "UTF-8"),
            Map.entry("utf8", "UTF-8"),
            Map.entry("unicode", "UTF-8"),
            Map.entry("latin1", "ISO-8859-1"),
            Map.entry("iso88591", "ISO-8859-1"),
            Map.entry("latin2", "ISO-8859-2"),
            Map.entry("iso88592", "ISO-8859-2"),
            Map.entry("latin3", "ISO-8859-3"),
            Map.entry("iso88593", "ISO-8859-3"),
            Map.entry("latin4", "ISO-8859-4"),
            Map.entry("iso88594", "ISO-8859-4"),
            Map.entry("latin5", "ISO-8859-9"),
            Map.entry("iso88599", "ISO-8859-9"),
            Map.entry("latin7", "ISO-8859-13"),
            Map.entry("iso885913", "ISO-8859-13"),
            Map.entry("latin9", "ISO-8859-15"),
            Map.entry("iso885915", "ISO-8859-15"),
            Map.entry("iso88595", "ISO-8859-5"),
            Map.entry("iso88596", "ISO-8859-6"),
            Map.entry("iso88597", "ISO-8859-7"),
            Map.entry("iso88598", "ISO-8859-8"),
            Map.entry("win866", "IBM866"),
            Map.entry("windows866", "IBM866"),
            Map.entry("alt", "IBM866"),
            Map.entry("win874", "x-windows-874"),
            Map.entry("windows874", "x-windows-874"),
            Map.entry("win1250", "windows-1250"),
            Map.entry("windows1250", "windows-1250"),
            Map.entry("win1251", "windows-1251"),
            Map.entry("windows1251", "windows-1251"),
            Map.entry("win", "windows-1251"),
            Map.entry("win1252", "windows-1252"),
            Map.entry("windows1252", "windows-1252"),
            Map.entry("win1253", "windows-1253"),
            Map.entry("windows1253", "windows-1253"),
            Map.entry("win1254", "windows-1254"),
            Map.entry("windows1254", "windows-1254"),
            Map.entry("win1255", "windows-1255"),
            Map.entry("windows1255", "windows-1255"),
            Map.entry("win1256", "windows-1256"),
            Map.entry("windows1256", "windows-1256"),
            Map.entry("win1257", "windows-1257"),
            Map.entry("windows1257", "windows-1257"),
            Map.entry("win1258", "windows-1258"),
            Map.entry("windows1258", "windows-1258"),
            Map.entry("tcvn", "windows-1258"),
            Map.entry("tcvn5712", "windows-1258"),
            Map.entry("abc", "windows-1258"),
            Map.entry("vscii", "windows-1258"),
            Map.entry("koi8", "KOI8-R"),
            Map.entry("koi8r", "KOI8-R"),
            Map.entry("koi8u", "KOI8-U"),
            Map.entry("euccn", "GB2312"),
            Map.entry("eucjp", "EUC-JP"),
            Map.entry("euckr", "EUC-KR"),
            Map.entry("euctw", "x-EUC-TW"));

    private ClientEncoding() {}

    /// How text in the encoding is read; empty when it cannot be, or when PostgreSQL has no encoding of that name.
    ///
    /// The bytes of SQL_ASCII are not converted by anybody, so they are what the databases hold: UTF-8.
    public static Optional<Charset> charset(String name) {
        // PostgreSQL compares the letters and digits alone.
        String key = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return Optional.ofNullable(CHARSETS.get(key))
                .filter(Charset::isSupported)
                .map(Charset::forName);
    }
}
