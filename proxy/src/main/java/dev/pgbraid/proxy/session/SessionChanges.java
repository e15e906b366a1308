package dev.pgbraid.proxy.session;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a query text may change of its session that outlives the transaction, as far as the text tells.
///
/// It need not do so: a statement can fail, be rolled back, or be undone by the next. Only the server knows.
///
/// @param settings names of settings that may get another value
/// @param everySetting whether any setting may have another value, or none any more
/// @param ties what the session may have from then on
/// @param looses whether it may lose what ties it to its backend
/// @param forgets whether it may drop prepared statements
/// @param unlistens whether it may end listening to a channel
/// @param deallocates the prepared statement that the text drops, if that is all it does
/// @param statements names of prepared statements in the text
/// @param hidden whether it may run code that is not in it, and does what nobody can tell
public record SessionChanges(
        SortedSet<String> settings,
        boolean everySetting,
        Set<Tie> ties,
        boolean looses,
        boolean forgets,
        boolean unlistens,
        Optional<String> deallocates,
        SortedSet<String> statements,
        boolean hidden) {
    public static final SessionChanges NONE = new SessionChanges(Set.of(), false, Set.of());

    public SessionChanges {
        settings = Collections.unmodifiableSortedSet(new TreeSet<>(settings));
        statements = Collections.unmodifiableSortedSet(new TreeSet<>(statements));
        ties = Collections.unmodifiableSet(ties.isEmpty() ? EnumSet.noneOf(Tie.class) : EnumSet.copyOf(ties));
    }

    private SessionChanges(Set<String> settings, boolean everySetting, Set<Tie> ties) {
        this(
                new TreeSet<>(settings),
                everySetting,
                ties,
                false,
                false,
                false,
                Optional.empty(),
                new TreeSet<>(),
                false);
    }

    public static SessionChanges ofSettings(String... names) {
        return new SessionChanges(Set.of(names), false, Set.of());
    }

    static SessionChanges ofEverySetting() {
        return new SessionChanges(Set.of(), true, Set.of());
    }

    /// What ties a session from then on.
    public static SessionChanges of(Tie tie) {
        return new SessionChanges(Set.of(), false, Set.of(tie));
    }

    /// Nothing but that nobody can tell.
    static SessionChanges ofHiddenCode() {
        return new SessionChanges(
                new TreeSet<>(), false, Set.of(), false, false, false, Optional.empty(), new TreeSet<>(), true);
    }

    static SessionChanges loosening() {
        return loosening(false, false, Optional.empty());
    }

    static SessionChanges forgetting() {
        return loosening(true, false, Optional.empty());
    }

    static SessionChanges deallocating(String name) {
        return loosening(true, false, Optional.of(name)).naming(name);
    }

    static SessionChanges unlistening() {
        return loosening(false, true, Optional.empty());
    }

    private static SessionChanges loosening(boolean forgets, boolean unlistens, Optional<String> deallocates) {
        return new SessionChanges(
                new TreeSet<>(), false, Set.of(), true, forgets, unlistens, deallocates, new TreeSet<>(), false);
    }

    /// The same with the name of a prepared statement in the text.
    SessionChanges naming(String statement) {
        SortedSet<String> names = new TreeSet<>(statements);
        names.add(statement);
        return new SessionChanges(settings, everySetting, ties, looses, forgets, unlistens, deallocates, names, hidden);
    }

    /// The same for a text that does something else as well.
    SessionChanges ofSeveral() {
        return deallocates.isEmpty()
                ? this
                : new SessionChanges(
                        settings, everySetting, ties, looses, forgets, unlistens, Optional.empty(), statements, hidden);
    }

    /// Whether the text asks what the session last got from a sequence.
    public boolean readsSequences() {
        return ties.contains(Tie.SEQUENCE);
    }

    /// Whether the text shows no change.
    public boolean isNone() {
        return settings.isEmpty() && ties.isEmpty() && !everySetting && !looses;
    }

    public SessionChanges and(SessionChanges other) {
        if (isNone() && !hidden) {
            return other;
        }
        if (other.isNone() && !other.hidden) {
            return this;
        }
        SortedSet<String> bothSettings = new TreeSet<>(settings);
        bothSettings.addAll(other.settings);
        Set<Tie> bothTies = EnumSet.noneOf(Tie.class);
        bothTies.addAll(ties);
        bothTies.addAll(other.ties);
        SortedSet<String> bothStatements = new TreeSet<>(statements);
        bothStatements.addAll(other.statements);
        return new SessionChanges(
                bothSettings,
                everySetting || other.everySetting,
                bothTies,
                looses || other.looses,
                forgets || other.forgets,
                unlistens || other.unlistens,
                Optional.empty(),
                bothStatements,
                hidden || other.hidden);
    }
}
