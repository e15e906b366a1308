package dev.pgbraid.protocol.auth;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Reads one SCRAM message: attributes of the form `x=value`, with commas between them, in a fixed order.
///
/// Bytes are read as Latin-1, which keeps every one of them, because both ends sign the messages as they were sent.
final class ScramText {
    private final String message;
    private final String text;
    private int position;

    ScramText(String message, ByteString bytes) {
        this.message = message;
        this.text = latin1(bytes);
    }

    static String latin1(ByteString bytes) {
        return new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    static ByteString bytes(String text) {
        return ByteString.copyOf(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /// All that has been read, with its last comma.
    String upToHere() {
        return text.substring(0, Math.min(position, text.length()));
    }

    /// All that has not been read.
    String fromHere() {
        return text.substring(Math.min(position, text.length()));
    }

    boolean atEnd() {
        return position > text.length();
    }

    boolean startsWith(String prefix) {
        return text.startsWith(prefix, position);
    }

    /// The text up to the next comma, which is skipped.
    String field() {
        if (atEnd()) {
            throw violation("it ends too early");
        }
        int comma = text.indexOf(',', position);
        int end = comma < 0 ? text.length() : comma;
        String field = text.substring(position, end);
        position = end + 1;
        return field;
    }

    /// The value of the attribute that must come next.
    String attribute(char name) {
        String field = field();
        if (!field.startsWith(name + "=")) {
            throw violation("attribute " + name + " is missing");
        }
        return field.substring(2);
    }

    ByteString base64Attribute(char name) {
        String value = attribute(name);
        // Java also reads what no encoder writes: missing padding, and stray bits in the last digit.
        return decodeBase64(value)
                .filter(decoded -> base64(decoded).equals(value))
                .orElseThrow(() -> violation("attribute " + name + " is not base64"));
    }

    private static Optional<ByteString> decodeBase64(String value) {
        try {
            return Optional.of(ByteString.copyOf(Base64.getDecoder().decode(value)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /// Skips extensions, which RFC 5802 wants to be ignored when unknown.
    void skipExtensions() {
        while (!atEnd()) {
            skipExtension();
        }
    }

    void skipExtension() {
        String field = field();
        if (field.length() < 2 || field.charAt(1) != '=' || !Character.isLetter(field.charAt(0))) {
            throw violation("an extension is not of the form x=value");
        }
    }

    void refuseMandatoryExtension() {
        if (startsWith("m=")) {
            throw violation(SqlState.FEATURE_NOT_SUPPORTED, "an extension that is not supported is required");
        }
    }

    ProtocolViolation violation(String problem) {
        return violation(SqlState.PROTOCOL_VIOLATION, problem);
    }

    ProtocolViolation violation(SqlState sqlState, String problem) {
        return new ProtocolViolation(sqlState, "SCRAM " + message + ": " + problem);
    }
}
