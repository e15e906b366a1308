package dev.pgbraid.proxy.session;

import dev.pgbraid.router.lexer.ClientEncoding;
import dev.pgbraid.router.lexer.TextRules;
import java.nio.charset.Charset;
import java.util.Collections;
import java.util.EnumSet;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// What a session has that outlives a transaction: settings, which travel with it, and what ties it to its backend.
///
/// Statements say what may have changed; when their transaction is over the server is asked what has.
public final class Belongings {
    private final String user;

    /// What the client asked for when it connected, which is what its settings go back to.
    private final Settings initial;

    private final UnaryOperator<Settings> intern;
    private Settings settings;
    private Set<Tie> ties = EnumSet.noneOf(Tie.class);
    private SessionChanges suspected = SessionChanges.NONE;
    private boolean inspecting;
    private boolean inspectingReset;
    private boolean inspectingPrepared;
    private Settings onBackend;
    private Set<String> channels = Set.of();
    private Set<String> temporary = Set.of();
    private TextRules rules = TextRules.DEFAULT;
    private boolean conforming = true;

    /// @param user who the backends log in as
    /// @param intern makes equal settings one object
    public Belongings(String user, Settings initial, UnaryOperator<Settings> intern) {
        this.user = user;
        this.initial = initial;
        this.intern = intern;
        this.settings = initial;
        this.onBackend = initial;
    }

    /// What a backend must be set to for this session.
    public Settings settings() {
        return settings;
    }

    /// A backend was lent that is set to what this session wants.
    public void attached() {
        onBackend = settings;
    }

    /// Whether settings may have gone back to the server's own, where the client's are not those: the next statement
    /// has to wait until that is known and mended.
    public boolean awaitsReset() {
        return !initial.isEmpty() && (suspected.everySetting() || inspectingReset);
    }

    /// Whether it is known what a statement that is sent now means.
    public boolean isSettled() {
        return suspected.isNone() && !inspecting && !ties.contains(Tie.UNKNOWN_SETTING) && !ties.contains(Tie.UNKNOWN);
    }

    /// Whether what a text means may have changed in a way that is not known yet.
    public boolean mayChangeMeaning() {
        return inspecting
                || suspected.everySetting()
                || suspected.looses()
                || suspected.ties().contains(Tie.TEMPORARY_OBJECT)
                || suspected.settings().stream().anyMatch(Settings::decidesMeaning);
    }

    /// What the backend is set to that the session has.
    public Settings onBackend() {
        return onBackend;
    }

    public Set<Tie> ties() {
        return Collections.unmodifiableSet(ties);
    }

    /// Whether the backend may have statements by the client's names for them.
    public boolean mayHavePrepared() {
        return inspectingPrepared
                || ties.contains(Tie.PREPARED)
                || suspected.ties().contains(Tie.PREPARED);
    }

    /// What the session's backend was found to listen to.
    public Set<String> channels() {
        return Collections.unmodifiableSet(channels);
    }

    /// The names of the temporary tables, views and sequences that were found when the last transaction was over.
    public Set<String> temporary() {
        return temporary;
    }

    /// Whether nothing but listening ties the session to its backend.
    public boolean isTiedByListening() {
        return ties.equals(EnumSet.of(Tie.LISTENING)) && suspected.isNone() && !inspecting;
    }

    /// The backend listens no more.
    public void listensNoMore() {
        ties.remove(Tie.LISTENING);
        channels = Set.of();
    }

    /// How the texts of the client are to be read.
    public TextRules rules() {
        return rules;
    }

    /// Whether the session can be served by another backend from now on.
    public boolean isLoose() {
        return ties.isEmpty() && suspected.isNone() && !inspecting;
    }

    /// Takes note of what is sent to the server.
    public void suspect(SessionChanges changes) {
        if (!changes.isNone()) {
            suspected = suspected.and(changes);
        }
    }

    /// The question for the server when the transaction is over, if there is one.
    public Optional<Inspection> inspection() {
        boolean needless = suspected.settings().isEmpty()
                && !suspected.everySetting()
                && suspected.ties().isEmpty()
                && ties.stream().noneMatch(Tie::isVisible);
        if (inspecting || suspected.isNone() || needless) {
            suspected = inspecting ? suspected : SessionChanges.NONE;
            return Optional.empty();
        }
        Inspection inspection = new Inspection(suspected, suspected.everySetting() ? customSettings() : Set.of(), this);
        suspected = SessionChanges.NONE;
        inspecting = true;
        inspectingReset = inspection.isOfEverySetting();
        inspectingPrepared = inspection.changes().ties().contains(Tie.PREPARED);
        return Optional.of(inspection);
    }

    /// The settings that no part of the server knows, which are in no list of its.
    private Set<String> customSettings() {
        Set<String> names = new TreeSet<>(initial.values().keySet());
        names.addAll(settings.values().keySet());
        names.addAll(onBackend.values().keySet());
        names.removeIf(name -> !isCustom(name));
        return names;
    }

    private static boolean isCustom(String name) {
        return name.contains(".");
    }

    void inspected(Inspection inspection) {
        inspecting = false;
        inspectingReset = false;
        inspectingPrepared = false;
        if (inspection.isCanceled()) {
            suspect(inspection.changes());
            return;
        }
        if (inspection.isRefused()) {
            ties.add(Tie.UNKNOWN);
            return;
        }
        SessionChanges changes = inspection.changes();
        if (changes.looses() || !changes.ties().isEmpty()) {
            ties.removeIf(Tie::isVisible);
            ties.addAll(inspection.ties());
            channels = inspection.channels();
            temporary = Set.copyOf(inspection.temporary());
            changes.ties().stream().filter(tie -> !tie.isVisible()).forEach(ties::add);
        }
        NavigableMap<String, String> found = found(inspection);
        onBackend = intern.apply(new Settings(found));
        NavigableMap<String, String> wanted = new TreeMap<>(found);
        if (inspection.isOfEverySetting()) {
            initial.values().forEach((name, value) -> {
                // What becomes of a setting that no part of the server knows when it is reset: it is there, and empty.
                boolean isReset = isCustom(name)
                        && wanted.getOrDefault(name, "").isEmpty()
                        && !settings.values().getOrDefault(name, "").isEmpty();
                if (isReset) {
                    wanted.put(name, value);
                } else {
                    wanted.putIfAbsent(name, value);
                }
            });
        }
        settings = intern.apply(new Settings(wanted));
        if (found.getOrDefault("search_path", "").contains("pg_temp")) {
            // Objects are made there by statements that do not say so.
            ties.add(Tie.UNKNOWN);
        }
    }

    private NavigableMap<String, String> found(Inspection inspection) {
        NavigableMap<String, String> found = new TreeMap<>(inspection.settings());
        if (!inspection.isOfEverySetting()) {
            settings.values().forEach(found::putIfAbsent);
        }
        found.remove("role", "none");
        found.remove("session_authorization", user);
        return found;
    }

    /// The server reports a parameter that decides how texts are read.
    public void reported(String name, String value) {
        switch (name) {
            case "standard_conforming_strings" -> {
                conforming = value.equals("on");
                rules = new TextRules(conforming, rules.charset());
            }
            case "client_encoding" -> {
                Optional<Charset> charset = ClientEncoding.charset(value);
                rules = new TextRules(conforming, charset.orElse(rules.charset()));
                if (charset.isEmpty()) {
                    ties.add(Tie.ENCODING);
                }
            }
            default -> {}
        }
    }
}
