package dev.pgbraid.router.analysis;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import java.nio.charset.StandardCharsets;

/// The literals of the text that was analyzed itself.
final class WrittenLiterals implements Literals {
    private final Tokens tokens;
    private int token;
    private byte[] bytes = {};

    WrittenLiterals(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public int count(int anyToken) {
        return 1;
    }

    @Override
    public void select(int selected, int index) {
        token = selected;
        String value = tokens.kind(token).isString() ? tokens.string(token) : tokens.written(token);
        bytes = value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public TokenKind kind() {
        return tokens.kind(token);
    }

    @Override
    public Sign sign() {
        return Sign.AS_ANALYZED;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int from() {
        return 0;
    }

    @Override
    public int to() {
        return bytes.length;
    }
}
