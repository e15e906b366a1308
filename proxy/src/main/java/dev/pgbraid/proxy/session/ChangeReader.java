package dev.pgbraid.proxy.session;

import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.session.HarmlessFunctions;
import dev.pgbraid.router.session.SessionEffect;
import dev.pgbraid.router.session.SessionFunctions;
import dev.pgbraid.router.session.SessionStatement;
import dev.pgbraid.router.session.SessionStatement.Scope;
import dev.pgbraid.router.session.TransactionMode;
import dev.pgbraid.router.shape.Shape;
import dev.pgbraid.router.shape.ShapeCache;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Finds in a query text what may change its session. Confined to one event loop.
///
/// What functions and procedures do inside cannot be seen, only that they are called; triggers and views neither.
public final class ChangeReader {
    private static final int KEPT_BYTES_MAX = 64 * 1024;
    private static final int CACHE_BYTES_MAX = 2 * 1024 * 1024;
    private static final int VALUE_BYTES = 64;

    /// The number of `set_config` in every PostgreSQL.
    private static final int SET_CONFIG = 2078;

    /// What is known of texts and statements that came before. Most changes are the one object for none.
    private final ShapeCache<SessionChanges> known = new ShapeCache<>(CACHE_BYTES_MAX, _ -> VALUE_BYTES);

    /// The rules by which texts were read, by a number for each.
    private final Map<TextRules, Integer> contexts = new HashMap<>();

    private final Lexer lexer = new Lexer();
    private final Shape shape = new Shape();
    private byte[] scratch = new byte[1024];

    /// Reads the `length` bytes of `in` at `index`.
    public SessionChanges read(ByteBuf in, int index, int length, TextRules rules) {
        byte[] text = scratch;
        if (text.length < length) {
            text = new byte[Math.max(length, 2 * text.length)];
            scratch = text.length > KEPT_BYTES_MAX ? scratch : text;
        }
        in.getBytes(index, text, 0, length);
        int context = context(rules);
        Optional<SessionChanges> found = known.findText(context, text, 0, length);
        if (found.isPresent()) {
            return found.get();
        }
        SessionChanges changes = read(context, lexer.read(text, 0, length, rules));
        known.putText(context, text, 0, length, changes);
        return changes;
    }

    private int context(TextRules rules) {
        Integer context = contexts.get(rules);
        if (context == null) {
            context = contexts.size();
            contexts.put(rules, context);
        }
        return context;
    }

    private SessionChanges read(int context, Tokens tokens) {
        if (tokens.error().isPresent()) {
            // The server runs no part of a text that it cannot read.
            return SessionChanges.NONE;
        }
        SessionChanges changes = SessionChanges.NONE;
        for (int i = 0; i < tokens.statementCount(); i++) {
            changes = changes.and(ofStatement(context, tokens, i));
        }
        return tokens.statementCount() == 1 ? changes : changes.ofSeveral();
    }

    private SessionChanges ofStatement(int context, Tokens tokens, int statement) {
        shape.read(tokens, statement);
        Optional<SessionChanges> found = known.findShape(context, shape);
        if (found.isPresent()) {
            return found.get();
        }
        SessionChanges changes = of(SessionStatement.read(tokens, statement));
        int first = tokens.firstToken(statement);
        int end = tokens.tokensEnd(statement);
        for (SessionEffect effect : SessionFunctions.effects(tokens, first, end)) {
            changes = changes.and(effect == SessionEffect.SETTING ? ofCalls(tokens, first, end) : of(effect));
        }
        changes = changes.and(ofTableFromExecute(tokens, first, end));
        if (!HarmlessFunctions.areAll(tokens, first, end)) {
            changes = changes.and(SessionChanges.ofHiddenCode());
        }
        known.putShape(context, shape, changes);
        return changes;
    }

    /// `CREATE TABLE … AS EXECUTE name`, wherever that may stand.
    private static SessionChanges ofTableFromExecute(Tokens tokens, int first, int end) {
        for (int token = first; token + 2 < end; token++) {
            boolean isName = tokens.kind(token + 2) == TokenKind.WORD
                    || tokens.kind(token + 2).isQuotedName();
            if (isName
                    && tokens.keyword(token + 1).equals("execute")
                    && tokens.keyword(token).equals("as")) {
                return anything().naming(tokens.name(token + 2));
            }
        }
        return SessionChanges.NONE;
    }

    private static SessionChanges of(SessionStatement statement) {
        return switch (statement) {
            case SessionStatement.SetValue(Scope scope, String name, String _) -> set(scope, name);
            case SessionStatement.SetDefault(Scope scope, String _) ->
                scope == Scope.LOCAL ? SessionChanges.NONE : SessionChanges.ofEverySetting();
            case SessionStatement.SetFromCurrent(Scope scope, String name) -> set(scope, name);
            case SessionStatement.SetTimeZoneInterval(Scope scope, String _) -> set(scope, "timezone");
            case SessionStatement.SetSessionCharacteristics(List<TransactionMode> _) ->
                SessionChanges.ofSettings(
                        "default_transaction_isolation",
                        "default_transaction_read_only",
                        "default_transaction_deferrable");
            case SessionStatement.Reset _, SessionStatement.ResetAll _ -> SessionChanges.ofEverySetting();
            case SessionStatement.Discard _ ->
                SessionChanges.ofEverySetting().and(SessionChanges.forgetting()).and(SessionChanges.unlistening());
            case SessionStatement.Prepare prepare ->
                SessionChanges.of(Tie.PREPARED).naming(prepare.name());
            case SessionStatement.Execute execute -> anything().naming(execute.name());
            case SessionStatement.Do _, SessionStatement.Call _ -> anything();
            case SessionStatement.DeclareCursor(String _, boolean withHold, int _) ->
                withHold ? SessionChanges.of(Tie.HELD_CURSOR) : SessionChanges.NONE;
            case SessionStatement.Deallocate(String name) -> SessionChanges.deallocating(name);
            case SessionStatement.DeallocateAll _ -> SessionChanges.forgetting();
            case SessionStatement.CloseCursor _, SessionStatement.CloseAllCursors _, SessionStatement.DropTable _ ->
                SessionChanges.loosening();
            case SessionStatement.Unlisten _, SessionStatement.UnlistenAll _ -> SessionChanges.unlistening();
            case SessionStatement.Listen _ -> SessionChanges.of(Tie.LISTENING);
            case SessionStatement.Load _ -> SessionChanges.of(Tie.LIBRARY);
            case SessionStatement.CreateTemporary _ -> SessionChanges.of(Tie.TEMPORARY_OBJECT);
            case SessionStatement.Explain explain -> of(explain.statement());
            case SessionStatement.Passing _ -> SessionChanges.NONE;
        };
    }

    private static SessionChanges set(Scope scope, String name) {
        return scope == Scope.LOCAL ? SessionChanges.NONE : SessionChanges.ofSettings(name);
    }

    /// What a function can do that is called by its number.
    public static SessionChanges ofFunctionCall(int function) {
        return function == SET_CONFIG ? anything().and(SessionChanges.of(Tie.UNKNOWN_SETTING)) : anything();
    }

    /// What code that is not in the text can do, and the server can tell afterwards.
    public static SessionChanges anything() {
        return SessionChanges.ofEverySetting()
                .and(SessionChanges.ofHiddenCode())
                .and(SessionChanges.of(Tie.TEMPORARY_OBJECT))
                .and(SessionChanges.of(Tie.ADVISORY_LOCK))
                .and(SessionChanges.of(Tie.HELD_CURSOR))
                .and(SessionChanges.of(Tie.LISTENING));
    }

    private static SessionChanges of(SessionEffect effect) {
        return switch (effect) {
            case SESSION_LOCK -> SessionChanges.of(Tie.ADVISORY_LOCK);
            case SESSION_UNLOCK -> SessionChanges.loosening();
            case RANDOM_SEED -> SessionChanges.of(Tie.RANDOM_SEED);
            case SEQUENCE_READ -> SessionChanges.of(Tie.SEQUENCE);
            case DBLINK -> SessionChanges.of(Tie.DBLINK);
            case REPLICATION -> SessionChanges.of(Tie.REPLICATION);
            case BACKUP -> SessionChanges.of(Tie.BACKUP);
            case SETTING, TRANSACTION_LOCK, SNAPSHOT_EXPORT, SEQUENCE_ADVANCE, LARGE_OBJECT, NOTIFICATION ->
                SessionChanges.NONE;
        };
    }

    /// What the calls of `set_config` may set.
    private static SessionChanges ofCalls(Tokens tokens, int first, int end) {
        SessionChanges changes = SessionChanges.NONE;
        for (int token = first; token + 1 < end; token++) {
            TokenKind kind = tokens.kind(token);
            boolean isName = kind == TokenKind.WORD || kind.isQuotedName();
            if (isName && tokens.kind(token + 1) == TokenKind.OPEN) {
                changes = changes.and(ofCall(tokens, token, end));
            }
        }
        return changes;
    }

    private static SessionChanges ofCall(Tokens tokens, int name, int end) {
        return switch (tokens.name(name)) {
            case "set_limit" -> SessionChanges.ofSettings("pg_trgm.similarity_threshold");
            case "set_config" -> {
                int argument = name + 2;
                if (isLocal(tokens, argument, end)) {
                    yield SessionChanges.NONE;
                }
                boolean isLiteral = argument + 1 < end
                        && tokens.kind(argument).isString()
                        && tokens.kind(argument + 1) == TokenKind.COMMA;
                yield isLiteral
                        ? SessionChanges.ofSettings(tokens.string(argument).toLowerCase(Locale.ROOT))
                        : SessionChanges.of(Tie.UNKNOWN_SETTING);
            }
            default -> SessionChanges.NONE;
        };
    }

    /// Whether the call whose arguments begin at `argument` says plainly that its setting ends with the transaction.
    private static boolean isLocal(Tokens tokens, int argument, int end) {
        int depth = tokens.depth(argument - 1);
        int close = argument;
        while (close < end && !(tokens.kind(close) == TokenKind.CLOSE && tokens.depth(close) == depth)) {
            close++;
        }
        return close < end && tokens.keyword(close - 1).equals("true") && tokens.kind(close - 2) == TokenKind.COMMA;
    }
}
