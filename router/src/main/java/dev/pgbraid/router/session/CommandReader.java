package dev.pgbraid.router.session;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.session.SessionStatement.ExplainOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what is left: notifications, `LOAD`, `LOCK`, `DO`, `CALL` and `EXPLAIN`.
final class CommandReader {
    private CommandReader() {}

    static Optional<SessionStatement> read(TokenCursor in) {
        String first = in.keyword();
        in.accept(first);
        return switch (first) {
            case "listen" -> Optional.of(new SessionStatement.Listen(in.name()));
            case "unlisten" -> Optional.of(unlisten(in));
            case "notify" -> Optional.of(notification(in));
            case "load" -> Optional.of(new SessionStatement.Load(in.string()));
            case "lock" -> Optional.of(lock(in));
            case "do" -> Optional.of(run(in));
            case "call" -> Optional.of(call(in));
            case "explain" -> Optional.of(explain(in));
            default -> Optional.empty();
        };
    }

    private static SessionStatement unlisten(TokenCursor in) {
        return in.accept(TokenKind.STAR)
                ? new SessionStatement.UnlistenAll()
                : new SessionStatement.Unlisten(in.name());
    }

    private static SessionStatement notification(TokenCursor in) {
        String channel = in.name();
        return new SessionStatement.Notify(channel, in.accept(TokenKind.COMMA) ? in.string() : "");
    }

    /// The tables only; in which mode and whether to wait is for the shard.
    private static SessionStatement lock(TokenCursor in) {
        in.accept("table");
        List<List<String>> tables = new ArrayList<>();
        do {
            tables.add(relation(in));
        } while (in.accept(TokenKind.COMMA));
        if (!in.isAtEnd() && !in.isNext("in") && !in.isNext("nowait")) {
            in.fail();
        }
        in.skipRest();
        return new SessionStatement.Lock(tables);
    }

    private static List<String> relation(TokenCursor in) {
        if (in.accept("only") && in.accept(TokenKind.OPEN)) {
            List<String> name = in.qualifiedName();
            in.expect(TokenKind.CLOSE);
            return name;
        }
        List<String> name = in.qualifiedName();
        in.accept(TokenKind.STAR);
        return name;
    }

    private static SessionStatement run(TokenCursor in) {
        boolean isSome = false;
        while (in.kind().isString() || in.isNext("language")) {
            isSome = true;
            if (in.accept("language")) {
                in.wordOrString();
            } else {
                in.string();
            }
        }
        if (!isSome) {
            in.fail();
        }
        return new SessionStatement.Do();
    }

    private static SessionStatement call(TokenCursor in) {
        List<String> procedure = new ArrayList<>(List.of(in.isName(0) ? in.name() : in.wordOrString()));
        while (in.accept(TokenKind.DOT)) {
            procedure.add(in.wordOrString());
        }
        in.expect(TokenKind.OPEN);
        in.skipRest();
        return new SessionStatement.Call(procedure);
    }

    private static SessionStatement explain(TokenCursor in) {
        List<ExplainOption> options = new ArrayList<>();
        if (isOptionList(in)) {
            in.expect(TokenKind.OPEN);
            do {
                options.add(option(in));
            } while (in.accept(TokenKind.COMMA));
            in.expect(TokenKind.CLOSE);
        } else {
            if (in.acceptAny(List.of("analyze", "analyse"))) {
                options.add(new ExplainOption("analyze", ""));
            }
            if (in.accept("verbose")) {
                options.add(new ExplainOption("verbose", ""));
            }
        }
        int statement = in.position();
        if (in.isAtEnd()) {
            in.fail();
        }
        in.skipRest();
        return new SessionStatement.Explain(options, statement, StatementReader.read(in.tokens(), statement, in.end()));
    }

    /// A query can stand in parentheses too.
    private static boolean isOptionList(TokenCursor in) {
        return in.kind() == TokenKind.OPEN
                && in.kind(1) != TokenKind.OPEN
                && switch (in.keyword(1)) {
                    case "select", "with", "table" -> false;
                    case "values" -> in.kind(2) != TokenKind.OPEN;
                    default -> true;
                };
    }

    private static ExplainOption option(TokenCursor in) {
        boolean isAnalyze = in.acceptAny(List.of("analyze", "analyse"));
        String name = isAnalyze ? "analyze" : in.wordOrString();
        boolean isBare = in.kind() == TokenKind.COMMA || in.kind() == TokenKind.CLOSE;
        return new ExplainOption(name, isBare ? "" : SettingReader.value(in));
    }
}
