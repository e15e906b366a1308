package dev.pgbraid.router;

import dev.pgbraid.router.analysis.Literals;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.shape.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The literals of one statement of a text that was read just now, by the tokens of a text that was analyzed before.
///
/// It is used again for every statement.
final class ShapeLiterals implements Literals {
    private static final byte QUOTE = '\'';

    private final Shape shape;
    private @Nullable Tokens tokens;
    private @Nullable LiteralLayout layout;
    private int first;

    private int token;
    private Sign sign = Sign.AS_ANALYZED;
    private byte[] bytes = {};
    private int from;
    private int to;

    ShapeLiterals(Shape shape) {
        this.shape = shape;
    }

    /// Turns to the statement whose first token is `firstToken` and whose shape was read last.
    ShapeLiterals of(Tokens newTokens, int firstToken, LiteralLayout newLayout) {
        tokens = newTokens;
        layout = newLayout;
        first = firstToken;
        return this;
    }

    private Tokens tokens() {
        return Objects.requireNonNull(tokens);
    }

    private LiteralLayout layout() {
        return Objects.requireNonNull(layout);
    }

    @Override
    public int count(int analyzed) {
        return layout().count(shape, analyzed);
    }

    @Override
    public void select(int analyzed, int index) {
        int slot = layout().slot(shape, analyzed, index);
        if (slot == LiteralLayout.NONE) {
            token = layout().token(shape, analyzed, first);
            sign = Sign.AS_ANALYZED;
        } else {
            token = shape.slotToken(slot);
            sign = sign(slot);
        }
        if (isPlain()) {
            boolean isString = tokens().kind(token).isString();
            bytes = tokens().text();
            from = tokens().start(token) + (isString ? 1 : 0);
            to = tokens().end(token) - (isString ? 1 : 0);
        } else {
            bytes = tokens().string(token).getBytes(StandardCharsets.UTF_8);
            from = 0;
            to = bytes.length;
        }
    }

    private Sign sign(int slot) {
        if (!shape.ownsSign(slot)) {
            return Sign.AS_ANALYZED;
        }
        return shape.isNegative(slot) ? Sign.MINUS : Sign.PLUS;
    }

    /// Whether the value is in the text as it is.
    private boolean isPlain() {
        if (!tokens().kind(token).isString()) {
            return true;
        }
        if (tokens().kind(token) != TokenKind.STRING || !tokens().isUtf8()) {
            return false;
        }
        byte[] text = tokens().text();
        for (int i = tokens().start(token) + 1; i < tokens().end(token) - 1; i++) {
            if (text[i] == QUOTE) {
                return false;
            }
        }
        return true;
    }

    @Override
    public TokenKind kind() {
        return tokens().kind(token);
    }

    @Override
    public Sign sign() {
        return sign;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int from() {
        return from;
    }

    @Override
    public int to() {
        return to;
    }
}
