package dev.pgbraid.router.session;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.session.SessionStatement.Discarded;
import dev.pgbraid.router.session.SessionStatement.Scope;
import java.util.List;
import java.util.Optional;

/// Reads `SET`, `RESET`, `SHOW` and `DISCARD`.
final class SettingReader {
    private SettingReader() {}

    static Optional<SessionStatement> read(TokenCursor in) {
        if (in.accept("set")) {
            return set(in);
        }
        if (in.accept("reset")) {
            return Optional.of(
                    in.accept("all") ? new SessionStatement.ResetAll() : new SessionStatement.Reset(name(in)));
        }
        if (in.accept("show")) {
            return Optional.of(in.accept("all") ? new SessionStatement.ShowAll() : new SessionStatement.Show(name(in)));
        }
        in.expect("discard");
        return discarded(in).map(SessionStatement.Discard::new);
    }

    private static Optional<Discarded> discarded(TokenCursor in) {
        if (in.accept("all")) {
            return Optional.of(Discarded.ALL);
        }
        if (in.accept("plans")) {
            return Optional.of(Discarded.PLANS);
        }
        if (in.accept("sequences")) {
            return Optional.of(Discarded.SEQUENCES);
        }
        return in.acceptAny(List.of("temp", "temporary")) ? Optional.of(Discarded.TEMPORARY) : Optional.empty();
    }

    /// The name of a setting, or the words that the SQL standard has for some of them.
    private static String name(TokenCursor in) {
        if (in.accept("time", "zone")) {
            return "timezone";
        }
        if (in.accept("transaction", "isolation", "level")) {
            return "transaction_isolation";
        }
        if (in.accept("session", "authorization")) {
            return "session_authorization";
        }
        return variable(in);
    }

    private static String variable(TokenCursor in) {
        StringBuilder name = new StringBuilder(in.name());
        while (in.accept(TokenKind.DOT)) {
            name.append('.').append(in.name());
        }
        return SettingText.lowerCase(name.toString());
    }

    private static Optional<SessionStatement> set(TokenCursor in) {
        if (isVariable(in)) {
            return generic(in, Scope.SESSION);
        }
        if (in.accept("constraints")) {
            in.skipRest();
            return Optional.of(new SessionStatement.SetConstraints());
        }
        Scope scope = in.accept("local") ? Scope.LOCAL : Scope.SESSION;
        boolean isWord = in.keyword(1).equals("authorization") || in.keyword(1).equals("characteristics");
        if (scope == Scope.SESSION && in.isNext("session") && (!isWord || isVariable(in, 1))) {
            in.accept("session");
        }
        return isVariable(in) ? generic(in, scope) : special(in, scope);
    }

    /// Whether the next word is the name of a setting, and so not one of the words that only look like one.
    private static boolean isVariable(TokenCursor in) {
        return isVariable(in, 0);
    }

    private static boolean isVariable(TokenCursor in, int ahead) {
        TokenKind kind = in.kind(ahead + 1);
        String keyword = in.keyword(ahead + 1);
        boolean isFromCurrent = keyword.equals("from") && in.keyword(ahead + 2).equals("current");
        return kind == TokenKind.DOT || kind == TokenKind.EQUALS || keyword.equals("to") || isFromCurrent;
    }

    private static Optional<SessionStatement> generic(TokenCursor in, Scope scope) {
        String name = variable(in);
        if (in.accept("from", "current")) {
            return Optional.of(new SessionStatement.SetFromCurrent(scope, name));
        }
        if (!in.accept("to")) {
            in.expect(TokenKind.EQUALS);
        }
        if (in.accept("default")) {
            return Optional.of(new SessionStatement.SetDefault(scope, name));
        }
        StringBuilder list = new StringBuilder(element(in, name));
        while (in.accept(TokenKind.COMMA)) {
            list.append(", ").append(element(in, name));
        }
        return Optional.of(new SessionStatement.SetValue(scope, name, list.toString()));
    }

    private static String element(TokenCursor in, String name) {
        boolean isText = in.kind() == TokenKind.WORD
                || in.kind().isQuotedName()
                || in.kind().isString();
        String value = value(in);
        return isText ? SettingText.element(name, value) : value;
    }

    /// A value of a setting or an option.
    static String value(TokenCursor in) {
        return switch (in.kind()) {
            case PLUS, MINUS, INTEGER, NUMERIC -> in.number();
            default -> keywordValue(in);
        };
    }

    /// Three reserved words are values nevertheless.
    private static String keywordValue(TokenCursor in) {
        String keyword = in.keyword();
        return in.acceptAny(List.of("true", "false", "on")) ? keyword : in.wordOrString();
    }

    private static Optional<SessionStatement> special(TokenCursor in, Scope scope) {
        return switch (in.keyword()) {
            case "transaction" -> Optional.of(transaction(in));
            case "session" -> Optional.of(session(in, scope));
            case "time" -> Optional.of(timeZone(in, scope));
            case "schema" -> Optional.of(string(in, "schema", scope, "search_path"));
            case "names" -> Optional.of(names(in, scope));
            case "role" -> Optional.of(role(in, scope));
            case "xml" -> Optional.of(xmlOption(in, scope));
            default -> Optional.empty();
        };
    }

    private static SessionStatement transaction(TokenCursor in) {
        in.expect("transaction");
        if (in.accept("snapshot")) {
            return new SessionStatement.SetTransactionSnapshot(in.string());
        }
        return new SessionStatement.SetTransaction(TransactionReader.someModes(in));
    }

    private static SessionStatement session(TokenCursor in, Scope scope) {
        if (in.accept("session", "characteristics", "as", "transaction")) {
            return new SessionStatement.SetSessionCharacteristics(TransactionReader.someModes(in));
        }
        in.expect("session", "authorization");
        return in.accept("default")
                ? new SessionStatement.SetDefault(scope, "session_authorization")
                : value(scope, "session_authorization", in.wordOrString());
    }

    private static SessionStatement timeZone(TokenCursor in, Scope scope) {
        in.expect("time", "zone");
        if (in.acceptAny(List.of("default", "local"))) {
            return new SessionStatement.SetDefault(scope, "timezone");
        }
        if (in.isNext("interval")) {
            return interval(in, scope);
        }
        boolean isText = in.kind().isString() || (in.isName(0) && in.keyword().isEmpty());
        return value(scope, "timezone", isText ? in.wordOrString() : in.number());
    }

    private static SessionStatement interval(TokenCursor in, Scope scope) {
        int first = in.position();
        in.expect("interval");
        if (in.accept(TokenKind.OPEN)) {
            in.number();
            in.expect(TokenKind.CLOSE);
        }
        in.string();
        while (in.acceptAny(List.of("hour", "minute", "to"))) {
            // The grammar allows no others here.
        }
        return new SessionStatement.SetTimeZoneInterval(scope, in.tokens().written(first, in.end()));
    }

    private static SessionStatement names(TokenCursor in, Scope scope) {
        in.expect("names");
        boolean isDefault = in.isAtEnd() || in.accept("default");
        return isDefault
                ? new SessionStatement.SetDefault(scope, "client_encoding")
                : value(scope, "client_encoding", in.string());
    }

    private static SessionStatement role(TokenCursor in, Scope scope) {
        in.expect("role");
        return value(scope, "role", in.wordOrString());
    }

    private static SessionStatement xmlOption(TokenCursor in, Scope scope) {
        in.expect("xml", "option");
        String option = in.keyword();
        if (!in.acceptAny(List.of("document", "content"))) {
            in.fail();
        }
        return value(scope, "xmloption", option);
    }

    private static SessionStatement string(TokenCursor in, String word, Scope scope, String setting) {
        in.expect(word);
        return value(scope, setting, in.string());
    }

    private static SessionStatement value(Scope scope, String setting, String value) {
        return new SessionStatement.SetValue(scope, setting, SettingText.element(setting, value));
    }
}
