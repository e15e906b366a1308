package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.session.Belongings;
import dev.pgbraid.proxy.session.Settings;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.session.SessionEffect;
import dev.pgbraid.router.session.SessionStatement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a session has set that decides what its statements mean.
///
/// Between transactions its belongings say it. What an open transaction has set is taken from its statements, as far as
/// they tell.
final class Viewpoint {
    private final Session session;
    private final Map<String, String> setInTransaction = new HashMap<>(0);
    private boolean lost;
    private @Nullable Perspective perspective;
    private @Nullable Settings seenSettings;
    private @Nullable TextRules seenRules;
    private Set<String> seenTemporary = Set.of();

    /// What the open transaction has made for this session only.
    private final Set<String> madeInTransaction = new HashSet<>(0);

    Viewpoint(Session session) {
        this.session = session;
    }

    /// Whether it will be known when what was sent has been answered.
    boolean isUnsettled() {
        Backend backend = session.backend();
        return backend != null
                && session.belongings().mayChangeMeaning()
                && backend.status() == TransactionStatus.IDLE
                && !backend.isBatchOpen();
    }

    /// Whether nobody knows it before the transaction is over.
    boolean isLost() {
        return lost;
    }

    Perspective perspective() {
        Belongings belongings = session.belongings();
        Perspective known = perspective;
        boolean isSeen = Objects.equals(seenSettings, belongings.settings())
                && Objects.equals(seenRules, belongings.rules())
                && seenTemporary.equals(belongings.temporary());
        if (known == null || !isSeen) {
            known = look(belongings);
            perspective = known;
        }
        return known;
    }

    private Perspective look(Belongings belongings) {
        seenSettings = belongings.settings();
        seenRules = belongings.rules();
        seenTemporary = belongings.temporary();
        return new Perspective(
                belongings.rules(),
                setting("role")
                        .or(() -> setting("session_authorization"))
                        .orElse(session.shards().home().target().user()),
                value("search_path").orElseThrow(),
                temporary(),
                setting("pgbraid.shard").or(this::shardByNumber),
                setting("pgbraid.key").or(() -> setting("pgdog.sharding_key")));
    }

    private Set<String> temporary() {
        Set<String> names = new HashSet<>(seenTemporary);
        names.addAll(madeInTransaction);
        return names;
    }

    private Optional<String> setting(String name) {
        return value(name).filter(given -> !given.isEmpty());
    }

    private Optional<String> value(String name) {
        String here = setInTransaction.get(name);
        return Optional.ofNullable(
                here == null ? session.belongings().settings().values().get(name) : here);
    }

    /// The name of the shard with the number that is set; the number itself, which no shard has as its name, if there
    /// is none.
    private Optional<String> shardByNumber() {
        return setting("pgdog.shard").map(number -> {
            for (int shard = 0; shard < session.shards().count(); shard++) {
                if (number.equals(Integer.toString(shard))) {
                    return session.shards().name(shard);
                }
            }
            return number;
        });
    }

    /// A statement is sent in an open transaction.
    void runs(SessionStatement statement, Supplier<byte[]> text) {
        switch (statement) {
            case SessionStatement.SetValue(var _, String name, String value) -> {
                if (Settings.decidesMeaning(name)) {
                    set(name, value);
                }
            }
            case SessionStatement.CreateTemporary temporary -> {
                madeInTransaction.add(temporary.name().getLast());
                perspective = null;
            }
            case SessionStatement.SetDefault(var _, String name) -> lose(name);
            case SessionStatement.SetFromCurrent(var _, String name) -> lose(name);
            case SessionStatement.Reset(String name) -> lose(name);
            case SessionStatement.ResetAll _, SessionStatement.Do _, SessionStatement.Call _ -> lost = true;
            case SessionStatement.Execute _ -> lost = true;
            case SessionStatement.DropTable drop ->
                lost |= drop.names().stream().anyMatch(name -> temporary().contains(name.getLast()));
            case SessionStatement.RollbackToSavepoint _ ->
                lost |= !setInTransaction.isEmpty() || !madeInTransaction.isEmpty();
            case SessionStatement.Other(Set<SessionEffect> effects)
            when effects.contains(SessionEffect.SETTING) -> lost |= mayChangeMeaning(text.get());
            default -> {}
        }
    }

    private void set(String name, String value) {
        setInTransaction.put(name, value);
        perspective = null;
    }

    private void lose(String name) {
        lost |= Settings.decidesMeaning(name);
    }

    /// Whether calls of `set_config` in a text may set what decides meaning.
    private boolean mayChangeMeaning(byte[] text) {
        Tokens tokens =
                new Lexer().read(text, 0, text.length, session.belongings().rules());
        for (int token = 0; token + 2 < tokens.count(); token++) {
            TokenKind kind = tokens.kind(token);
            boolean isName = kind == TokenKind.WORD || kind.isQuotedName();
            if (isName
                    && tokens.kind(token + 1) == TokenKind.OPEN
                    && tokens.name(token).equals("set_config")) {
                boolean isHarmless = tokens.kind(token + 2).isString()
                        && !Settings.decidesMeaning(tokens.string(token + 2).toLowerCase(Locale.ROOT));
                if (!isHarmless) {
                    return true;
                }
            }
        }
        return false;
    }

    void transactionEnded() {
        if (lost || !setInTransaction.isEmpty() || !madeInTransaction.isEmpty()) {
            setInTransaction.clear();
            madeInTransaction.clear();
            lost = false;
            perspective = null;
        }
    }
}
