package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.session.Settings;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.plan.Parameters;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.util.Set;

/// The text of a call of one of the proxy's own functions, with constants in place of its parameters.
final class CallText {
    /// `int8`, `int2` and `int4`, whose binary form is another than their text.
    private static final Set<Integer> INTEGERS = Set.of(20, 21, 23);

    private CallText() {}

    /// Puts values in the places of parameters, all of which have one.
    static byte[] of(byte[] text, Parameters parameters, TextRules rules) {
        Tokens tokens = new Lexer().read(text, 0, text.length, rules);
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * text.length);
        int from = 0;
        for (int token = 0; token < tokens.count(); token++) {
            if (tokens.kind(token) == TokenKind.PARAMETER) {
                int number = Integer.parseInt(tokens.written(token).substring(1));
                out.write(text, from, tokens.start(token) - from);
                out.writeBytes(constant(parameters, number, rules.charset()).getBytes(rules.charset()));
                from = tokens.end(token);
            }
        }
        out.write(text, from, text.length - from);
        return out.toByteArray();
    }

    private static String constant(Parameters parameters, int number, Charset charset) {
        if (parameters.isNull(number)) {
            return "NULL";
        }
        byte[] value = parameters.bytes(number);
        boolean isInteger = INTEGERS.contains(parameters.type(number));
        if (isInteger && parameters.isBinary(number) && value.length > 0) {
            return new BigInteger(value).toString();
        }
        String written = new String(value, charset);
        return isInteger && written.matches("-?[0-9]+") ? written : Settings.literal(written);
    }
}
