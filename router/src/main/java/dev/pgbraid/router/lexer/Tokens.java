package dev.pgbraid.router.lexer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The tokens of a text, its statements and its comments, as positions in the text.
///
/// They are valid until the lexer reads its next text. A statement ends at a `;` outside of parentheses and of the
/// body of a function; statements without tokens do not count, so a text without statements is an empty query.
public final class Tokens {
    private static final int KEYWORD = 0;
    private static final int START = 1;
    private static final int END = 2;
    private static final int DEPTH = 3;

    /// Keyword, start, end, depth.
    private final Rows tokens = new Rows();
    private TokenKind[] kinds = {};
    /// First token, token after the last, first byte, byte after the last.
    private final Rows statements = new Rows();
    /// Start, end, the token that follows.
    private final Rows comments = new Rows();

    private final LiteralDecoder decoder = new LiteralDecoder();
    private byte[] text = {};
    private TextRules rules = TextRules.DEFAULT;
    private Optional<LexicalError> error = Optional.empty();

    Tokens() {}

    void begin(byte[] newText, TextRules newRules) {
        text = newText;
        rules = newRules;
        error = Optional.empty();
        tokens.clear();
        if (kinds.length > tokens.capacity()) {
            kinds = new TokenKind[tokens.capacity()];
        }
        statements.clear();
        comments.clear();
    }

    void add(TokenKind kind, int keyword, int start, int tokenEnd, int depth) {
        int token = tokens.count();
        tokens.add(keyword, start, tokenEnd, depth);
        if (kinds.length < tokens.capacity()) {
            kinds = Arrays.copyOf(kinds, tokens.capacity());
        }
        kinds[token] = kind;
    }

    /// Makes the last `count` tokens one token of the first one's kind.
    void joinLast(int count) {
        int joinedEnd = end(count() - 1);
        tokens.truncate(count() - count + 1);
        tokens.set(count() - 1, END, joinedEnd);
    }

    void addStatement(int firstToken, int startByte, int endByte) {
        if (count() > firstToken) {
            statements.add(firstToken, count(), startByte, endByte);
        }
    }

    void addComment(int start, int commentEnd) {
        comments.add(start, commentEnd, count(), 0);
    }

    void fail(LexicalProblem problem, int from, int to) {
        String near = new String(text, from, to - from, rules.charset());
        error = Optional.of(new LexicalError(problem, from, problem.message(near)));
    }

    public byte[] text() {
        return text;
    }

    public int count() {
        return tokens.count();
    }

    /// What PostgreSQL's scanner refuses the text for. The tokens before it are here nevertheless.
    public Optional<LexicalError> error() {
        return error;
    }

    /// The kind of a token; [TokenKind#END] after the last one.
    public TokenKind kind(int token) {
        return token < count() ? kinds[token] : TokenKind.END;
    }

    /// The keyword that a token is, in lower case; empty for every other token.
    public String keyword(int token) {
        return token < count() ? Keywords.name(keywordNumber(token)) : "";
    }

    /// The number of the keyword that a token is, as [Keywords#number] has it.
    public int keywordNumber(int token) {
        return tokens.cell(token, KEYWORD);
    }

    public int start(int token) {
        return tokens.cell(token, START);
    }

    public int end(int token) {
        return tokens.cell(token, END);
    }

    /// How many parentheses and brackets are open around a token. A parenthesis is outside of itself.
    public int depth(int token) {
        return tokens.cell(token, DEPTH);
    }

    /// Whether the bytes of the text are UTF-8, so that those of a part of it need not be converted.
    public boolean isUtf8() {
        return rules.charset().equals(StandardCharsets.UTF_8);
    }

    /// The text of a token as it is written.
    public String written(int token) {
        return new String(text, start(token), end(token) - start(token), rules.charset());
    }

    /// The text from one token to the one before another, with what is between them.
    public String written(int firstToken, int endToken) {
        int from = start(firstToken);
        return new String(text, from, end(endToken - 1) - from, rules.charset());
    }

    /// The name that a word or a quoted name stands for: folded, unescaped, and cut to 63 bytes.
    public String name(int token) {
        decode(token);
        decoder.truncateName();
        return decoder.asString();
    }

    /// The value of a string of any kind.
    public String string(int token) {
        decode(token);
        return decoder.asString();
    }

    public int statementCount() {
        return statements.count();
    }

    public int firstToken(int statement) {
        return statements.cell(statement, 0);
    }

    /// The token after the last one of a statement. It is the `;` if there is one.
    public int tokensEnd(int statement) {
        return statements.cell(statement, 1);
    }

    /// Where a statement's text begins, with the blanks and comments before it.
    public int statementStart(int statement) {
        return statements.cell(statement, 2);
    }

    /// Where a statement's text ends, with the blanks and comments after it and without the `;`.
    public int statementEnd(int statement) {
        return statements.cell(statement, 3);
    }

    /// The bytes of a statement's text.
    public byte[] copy(int statement) {
        return Arrays.copyOfRange(text, statementStart(statement), statementEnd(statement));
    }

    public int commentCount() {
        return comments.count();
    }

    public int commentStart(int comment) {
        return comments.cell(comment, 0);
    }

    public int commentEnd(int comment) {
        return comments.cell(comment, 1);
    }

    /// The token that follows a comment, which is the count of tokens after the last of them.
    public int commentToken(int comment) {
        return comments.cell(comment, 2);
    }

    private void decode(int token) {
        problem(token, decoder);
    }

    /// What is wrong inside a literal or a quoted name.
    Optional<LexicalProblem> problem(int token, LiteralDecoder into) {
        if (isUtf8()) {
            return into.decode(text, kind(token), start(token), end(token), rules);
        }
        byte[] converted = written(token).getBytes(StandardCharsets.UTF_8);
        return into.decode(converted, kind(token), 0, converted.length, rules);
    }
}
