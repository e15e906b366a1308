package dev.pgbraid.proxy.session;

import java.util.Collections;
import java.util.EnumSet;
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
public record SessionChanges(
        SortedSet<String> settings, boolean everySetting, Set<Tie> ties, boolean looses, boolean forgets) {
    public static final SessionChanges NONE =
            new SessionChanges(new TreeSet<>(), false, EnumSet.noneOf(Tie.class), false, false);

    public SessionChanges {
        settings = Collections.unmodifiableSortedSet(new TreeSet<>(settings));
        ties = Collections.unmodifiableSet(ties.isEmpty() ? EnumSet.noneOf(Tie.class) : EnumSet.copyOf(ties));
    }

    static SessionChanges ofSettings(String... names) {
        return new SessionChanges(new TreeSet<>(Set.of(names)), false, Set.of(), false, false);
    }

    static SessionChanges ofEverySetting() {
        return new SessionChanges(new TreeSet<>(), true, Set.of(), false, false);
    }

    static SessionChanges of(Tie tie) {
        return new SessionChanges(new TreeSet<>(), false, Set.of(tie), false, false);
    }

    static SessionChanges loosening() {
        return new SessionChanges(new TreeSet<>(), false, Set.of(), true, false);
    }

    static SessionChanges forgetting() {
        return new SessionChanges(new TreeSet<>(), false, Set.of(), true, true);
    }

    /// Whether the text asks what the session last got from a sequence.
    public boolean readsSequences() {
        return ties.contains(Tie.SEQUENCE);
    }

    public boolean isNone() {
        return settings.isEmpty() && ties.isEmpty() && !everySetting && !looses;
    }

    public SessionChanges and(SessionChanges other) {
        if (other.isNone() || isNone()) {
            return isNone() ? other : this;
        }
        SortedSet<String> bothSettings = new TreeSet<>(settings);
        bothSettings.addAll(other.settings);
        Set<Tie> bothTies = EnumSet.noneOf(Tie.class);
        bothTies.addAll(ties);
        bothTies.addAll(other.ties);
        return new SessionChanges(
                bothSettings,
                everySetting || other.everySetting,
                bothTies,
                looses || other.looses,
                forgets || other.forgets);
    }
}
