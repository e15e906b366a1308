package dev.pgbraid.protocol.auth;

import dev.pgbraid.protocol.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import java.util.function.IntPredicate;

/// SASLprep (RFC 4013): gives passwords that people take for the same the same bytes.
public final class SaslPrep {
    private SaslPrep() {}

    /// The prepared form of a stored string, or empty when it holds what the profile prohibits.
    ///
    /// The checks are made before the normalization, as PostgreSQL makes them: both must come to the same bytes.
    public static Optional<String> prepare(String text) {
        String mapped = map(text);
        boolean legal = mapped.codePoints().noneMatch(SaslPrep::isProhibited) && isBidirectionalTextLegal(mapped);
        return legal ? Optional.of(Normalizer.normalize(mapped, Normalizer.Form.NFKC)) : Optional.empty();
    }

    /// The bytes that stand for a password in SCRAM.
    ///
    /// As in PostgreSQL, a password that cannot be prepared, or is not UTF-8, is used as it is: a server whose
    /// encoding is another one lets users have such passwords.
    public static ByteString password(ByteString password) {
        return decodeUtf8(password)
                .flatMap(SaslPrep::prepare)
                .filter(prepared -> !prepared.isEmpty())
                .map(ByteString::utf8)
                .orElse(password);
    }

    private static String map(String text) {
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints()
                .map(codePoint -> SaslPrepTables.MAPPED_TO_SPACE.contains(codePoint) ? ' ' : codePoint)
                .filter(codePoint -> !SaslPrepTables.MAPPED_TO_NOTHING.contains(codePoint))
                .forEach(mapped::appendCodePoint);
        return mapped.toString();
    }

    private static boolean isProhibited(int codePoint) {
        return SaslPrepTables.PROHIBITED.contains(codePoint) || SaslPrepTables.UNASSIGNED.contains(codePoint);
    }

    /// RFC 3454 §6: text with a right-to-left character begins and ends with one, and has no left-to-right character.
    private static boolean isBidirectionalTextLegal(String text) {
        IntPredicate rightToLeft = SaslPrepTables.RIGHT_TO_LEFT::contains;
        if (text.codePoints().noneMatch(rightToLeft)) {
            return true;
        }
        return rightToLeft.test(text.codePointAt(0))
                && rightToLeft.test(text.codePointBefore(text.length()))
                && text.codePoints().noneMatch(SaslPrepTables.LEFT_TO_RIGHT::contains);
    }

    private static Optional<String> decodeUtf8(ByteString bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }
}
