package dev.pgbraid.router.lexer;

import java.util.Optional;

/// Reads a query text into tokens in one pass, by the rules of PostgreSQL 18.
///
/// It accepts what only newer versions know, such as `0x1F`; an older server refuses that by itself.
public final class Lexer {
    private static final int OPERATOR_LENGTH_MAX = 63;
    private static final int ATOMIC = Keywords.number("atomic");
    private static final int BEGIN = Keywords.number("begin");
    private static final int CREATE = Keywords.number("create");
    private static final int END = Keywords.number("end");
    private static final int FUNCTION = Keywords.number("function");
    private static final int NCHAR = Keywords.number("nchar");
    private static final int OR = Keywords.number("or");
    private static final int PROCEDURE = Keywords.number("procedure");
    private static final int REPLACE = Keywords.number("replace");
    private static final int UESCAPE = Keywords.number("uescape");

    private final Tokens tokens = new Tokens();
    private final LiteralDecoder checker = new LiteralDecoder();

    private byte[] text = {};
    private int position;
    private int end;
    private boolean isPlainEscaping;
    private int depth;
    /// How many bodies `BEGIN ATOMIC … END` are open.
    private int bodies;
    private int statementStart;
    private int statementFirstToken;
    /// The first token of the statement, or of the one inside a body.
    private int innerFirstToken;
    private boolean hasEscapes;
    /// Up to here there are signs that stand alone. Without this a long run of them would be looked at again and again.
    private int signsEnd;

    /// Reads `text[start..end)`. The answer is the same object every time, and changes with the next call.
    public Tokens read(byte[] newText, int start, int newEnd, TextRules rules) {
        text = newText;
        position = start;
        end = newEnd;
        isPlainEscaping = !rules.standardConformingStrings();
        depth = 0;
        bodies = 0;
        statementStart = start;
        statementFirstToken = 0;
        innerFirstToken = 0;
        hasEscapes = false;
        signsEnd = start;
        tokens.begin(newText, rules);
        while (position < end) {
            next();
        }
        tokens.addStatement(statementFirstToken, statementStart, end);
        if (hasEscapes) {
            checkEscapes();
        }
        return tokens;
    }

    private void next() {
        switch (Characters.classOf(text[position])) {
            case Characters.SPACE -> position++;
            case Characters.LETTER -> word();
            case Characters.DIGIT -> number();
            case Characters.OPERATOR -> operator();
            case Characters.PUNCTUATION -> punctuation();
            case Characters.QUOTE -> quote();
            case Characters.DOLLAR -> dollar();
            default -> add(TokenKind.OTHER, position + 1);
        }
    }

    private void word() {
        int to = Characters.wordEnd(text, position + 1, end);
        if (to - position == 1 && to < end && isPrefixed(to)) {
            return;
        }
        addWord(Keywords.find(text, position, to), to);
    }

    private void addWord(int keyword, int to) {
        tokens.add(TokenKind.WORD, keyword, position, to, depth);
        position = to;
        if (keyword == ATOMIC) {
            openBody();
        } else if (keyword == END && bodies > 0 && depth == 0 && innerFirstToken == tokens.count() - 1) {
            bodies--;
        }
    }

    /// `BEGIN ATOMIC` opens the body of a routine only where a routine is created: elsewhere these are plain names.
    private void openBody() {
        int last = tokens.count() - 1;
        if (depth == 0 && last > innerFirstToken && tokens.keywordNumber(last - 1) == BEGIN && isRoutine()) {
            bodies++;
            innerFirstToken = tokens.count();
        }
    }

    /// Whether the statement begins with `CREATE [OR REPLACE] {FUNCTION | PROCEDURE}`.
    private boolean isRoutine() {
        int token = innerFirstToken;
        if (tokens.keywordNumber(token++) != CREATE) {
            return false;
        }
        if (tokens.keywordNumber(token) == OR && tokens.keywordNumber(token + 1) == REPLACE) {
            token += 2;
        }
        int routine = tokens.keywordNumber(token);
        return routine == FUNCTION || routine == PROCEDURE;
    }

    /// Reads a literal if the letter at the position is the prefix of one.
    private boolean isPrefixed(int next) {
        byte prefix = Characters.fold(text[position]);
        if (prefix == 'u') {
            return text[next] == '&' && isUnicode(next + 1);
        }
        if (text[next] != '\'') {
            return false;
        }
        switch (prefix) {
            case 'e' -> escapeString(next + 1);
            case 'b' ->
                string(TokenKind.BIT_STRING, next + 1, Quotes.Inside.BITS, LexicalProblem.UNTERMINATED_BIT_STRING);
            case 'x' ->
                string(TokenKind.HEX_STRING, next + 1, Quotes.Inside.BITS, LexicalProblem.UNTERMINATED_HEX_STRING);
            // PostgreSQL takes the letter of N'…' for the keyword NCHAR.
            case 'n' -> addWord(NCHAR, next);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean isUnicode(int quote) {
        if (quote == end || Characters.classOf(text[quote]) != Characters.QUOTE) {
            return false;
        }
        hasEscapes = true;
        if (text[quote] == '"') {
            quotedName(TokenKind.UNICODE_NAME, quote + 1);
        } else if (isPlainEscaping) {
            fail(LexicalProblem.UNSAFE_UNICODE_STRING, end);
        } else {
            string(TokenKind.UNICODE_STRING, quote + 1, Quotes.Inside.PLAIN, LexicalProblem.UNTERMINATED_STRING);
        }
        return true;
    }

    private void quote() {
        if (text[position] == '"') {
            quotedName(TokenKind.QUOTED_NAME, position + 1);
        } else if (isPlainEscaping) {
            escapeString(position + 1);
        } else {
            string(TokenKind.STRING, position + 1, Quotes.Inside.PLAIN, LexicalProblem.UNTERMINATED_STRING);
        }
    }

    private void escapeString(int inside) {
        hasEscapes = true;
        string(TokenKind.ESCAPE_STRING, inside, Quotes.Inside.BACKSLASHES, LexicalProblem.UNTERMINATED_STRING);
    }

    private void string(TokenKind kind, int inside, Quotes.Inside rule, LexicalProblem unterminated) {
        int to = Quotes.stringEnd(text, inside, end, rule);
        if (to == Quotes.UNTERMINATED) {
            fail(unterminated, end);
            return;
        }
        add(kind, to);
        joinUescape(kind);
    }

    /// A `UESCAPE` clause is part of the string or name before it.
    private void joinUescape(TokenKind kind) {
        int last = tokens.count() - 1;
        if (last < 2 || !kind.isString() || tokens.keywordNumber(last - 1) != UESCAPE) {
            return;
        }
        TokenKind escaped = tokens.kind(last - 2);
        if (escaped == TokenKind.UNICODE_STRING || escaped == TokenKind.UNICODE_NAME) {
            tokens.joinLast(3);
        }
    }

    private void quotedName(TokenKind kind, int inside) {
        int to = Quotes.nameEnd(text, inside, end);
        if (to == Quotes.UNTERMINATED) {
            fail(LexicalProblem.UNTERMINATED_NAME, end);
        } else if (to == inside + 1) {
            fail(LexicalProblem.EMPTY_NAME, to);
        } else {
            add(kind, to);
        }
    }

    private void number() {
        int to = Numbers.end(text, position, end);
        if (to == position) {
            int prefixEnd = Math.min(end, position + 2);
            int digits = prefixEnd < end && text[prefixEnd] == '_' ? prefixEnd + 1 : prefixEnd;
            int junk = Characters.wordEnd(text, position, end);
            fail(junk > digits ? LexicalProblem.JUNK_AFTER_NUMBER : Numbers.withoutDigits(text, position), junk);
            return;
        }
        int junk = junkEnd(to);
        if (junk > to) {
            fail(LexicalProblem.JUNK_AFTER_NUMBER, junk);
            return;
        }
        add(Numbers.isInteger(text, position, to) ? TokenKind.INTEGER : TokenKind.NUMERIC, to);
    }

    /// The end of a word that follows a number without a blank, which is an error.
    private int junkEnd(int to) {
        if (to < end && text[to] == '$' && Numbers.endsInWord(text, position, to)) {
            return Characters.wordEnd(text, to, end);
        }
        if (to == end || !Characters.isWordStart(text[to])) {
            return to;
        }
        boolean isExponent = Characters.fold(text[to]) == 'e' && to + 1 < end;
        boolean isSigned = isExponent && (text[to + 1] == '+' || text[to + 1] == '-');
        return isSigned ? to + 2 : Characters.wordEnd(text, to, end);
    }

    private void dollar() {
        if (position + 1 < end && Characters.isDigit(text[position + 1])) {
            parameter();
            return;
        }
        int inside = Quotes.tagEnd(text, position, end);
        if (inside == Quotes.UNTERMINATED) {
            add(TokenKind.OTHER, position + 1);
            return;
        }
        int to = Quotes.dollarStringEnd(text, position, inside, end);
        if (to == Quotes.UNTERMINATED) {
            fail(LexicalProblem.UNTERMINATED_DOLLAR_STRING, end);
            return;
        }
        add(TokenKind.DOLLAR_STRING, to);
        joinUescape(TokenKind.DOLLAR_STRING);
    }

    private void parameter() {
        long number = 0;
        int to = position + 1;
        while (to < end && Characters.isDigit(text[to])) {
            number = Math.min(Integer.MAX_VALUE + 1L, number * 10 + Characters.digit(text[to]));
            to++;
        }
        if (to < end && Characters.isWordStart(text[to])) {
            fail(LexicalProblem.JUNK_AFTER_PARAMETER, Characters.wordEnd(text, to, end));
        } else if (number > Integer.MAX_VALUE) {
            fail(LexicalProblem.PARAMETER_TOO_LARGE, to);
        } else {
            add(TokenKind.PARAMETER, to);
        }
    }

    private void operator() {
        if (Quotes.isLineComment(text, position, end)) {
            comment(Quotes.lineEnd(text, position, end));
            return;
        }
        if (Quotes.isBlockComment(text, position, end)) {
            comment(Quotes.blockCommentEnd(text, position, end));
            return;
        }
        int to = position + 1;
        if (position >= signsEnd) {
            signsEnd = Operators.runEnd(text, position, end);
            to = Operators.end(text, position, signsEnd);
        }
        if (to - position > OPERATOR_LENGTH_MAX) {
            fail(LexicalProblem.OPERATOR_TOO_LONG, to);
        } else {
            add(Operators.kind(text, position, to), to);
        }
    }

    private void comment(int to) {
        if (to == Quotes.UNTERMINATED) {
            fail(LexicalProblem.UNTERMINATED_COMMENT, end);
        } else {
            tokens.addComment(position, to);
            position = to;
        }
    }

    private void punctuation() {
        switch (text[position]) {
            case '(' -> open(TokenKind.OPEN);
            case '[' -> open(TokenKind.OPEN_BRACKET);
            case ')' -> close(TokenKind.CLOSE);
            case ']' -> close(TokenKind.CLOSE_BRACKET);
            case ',' -> add(TokenKind.COMMA, position + 1);
            case ';' -> semicolon();
            case '.' -> dot();
            default -> colon();
        }
    }

    private void open(TokenKind kind) {
        add(kind, position + 1);
        depth++;
    }

    private void close(TokenKind kind) {
        depth = Math.max(0, depth - 1);
        add(kind, position + 1);
    }

    private void semicolon() {
        if (depth == 0 && bodies == 0) {
            tokens.addStatement(statementFirstToken, statementStart, position);
        }
        add(TokenKind.SEMICOLON, position + 1);
        if (depth == 0) {
            innerFirstToken = tokens.count();
        }
        if (depth == 0 && bodies == 0) {
            statementStart = position;
            statementFirstToken = tokens.count();
        }
    }

    private void dot() {
        if (follows('.')) {
            add(TokenKind.DOT_DOT, position + 2);
        } else if (position + 1 < end && Characters.isDigit(text[position + 1])) {
            number();
        } else {
            add(TokenKind.DOT, position + 1);
        }
    }

    private void colon() {
        if (follows(':')) {
            add(TokenKind.TYPECAST, position + 2);
        } else if (follows('=')) {
            add(TokenKind.COLON_EQUALS, position + 2);
        } else {
            add(TokenKind.COLON, position + 1);
        }
    }

    private boolean follows(char character) {
        return position + 1 < end && text[position + 1] == character;
    }

    private void add(TokenKind kind, int to) {
        tokens.add(kind, Keywords.NONE, position, to, depth);
        position = to;
    }

    private void fail(LexicalProblem problem, int to) {
        tokens.fail(problem, position, to);
        position = end;
    }

    private void checkEscapes() {
        for (int token = 0; token < tokens.count(); token++) {
            TokenKind kind = tokens.kind(token);
            if (kind == TokenKind.ESCAPE_STRING || kind == TokenKind.UNICODE_STRING || kind == TokenKind.UNICODE_NAME) {
                Optional<LexicalProblem> problem = tokens.problem(token, checker);
                if (problem.isPresent()) {
                    tokens.fail(problem.get(), tokens.start(token), tokens.end(token));
                    return;
                }
            }
        }
    }
}
