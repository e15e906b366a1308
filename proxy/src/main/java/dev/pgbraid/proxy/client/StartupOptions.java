package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.protocol.backend.NegotiateProtocolVersion;
import dev.pgbraid.protocol.startup.StartupMessage;
import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.login.Replication;
import dev.pgbraid.proxy.session.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The settings in a StartupMessage: those with a name of their own, and those in `options`.
final class StartupOptions {
    private static final String PROTOCOL_PREFIX = "_pq_.";

    private StartupOptions() {}

    static Settings settings(StartupMessage startup) {
        SortedMap<String, String> settings = new TreeMap<>();
        startup.parameter("options").ifPresent(options -> addOptions(settings, words(options.toString())));
        for (Map.Entry<ByteString, ByteString> parameter : startup.parameters().entrySet()) {
            String name = parameter.getKey().toString();
            switch (name) {
                case "user", "database", "options", "replication" -> {}
                default -> {
                    if (!name.startsWith(PROTOCOL_PREFIX)) {
                        settings.put(
                                name.toLowerCase(Locale.ROOT),
                                parameter.getValue().toString());
                    }
                }
            }
        }
        return settings.isEmpty() ? Settings.NONE : new Settings(settings);
    }

    static String user(StartupMessage startup) {
        return name(startup, "user")
                .orElseThrow(() -> new ProtocolViolation(
                        SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
                        "no PostgreSQL user name specified in startup packet"));
    }

    static String database(StartupMessage startup, String user) {
        return name(startup, "database").orElse(user);
    }

    private static Optional<String> name(StartupMessage startup, String parameter) {
        return startup.parameter(parameter).map(ByteString::toString).filter(name -> !name.isEmpty());
    }

    /// What the client must be told before anything else, if it has asked for more of the protocol than is known here.
    static Optional<NegotiateProtocolVersion> negotiation(StartupMessage startup) {
        List<ByteString> unknown = startup.parameters().keySet().stream()
                .filter(name -> name.toString().startsWith(PROTOCOL_PREFIX))
                .toList();
        boolean newer = startup.version().compareTo(ProtocolVersion.V3_2) > 0;
        return newer || !unknown.isEmpty()
                ? Optional.of(new NegotiateProtocolVersion(newer ? ProtocolVersion.V3_2 : startup.version(), unknown))
                : Optional.empty();
    }

    static Replication replication(StartupMessage startup) {
        String value =
                startup.parameter("replication").map(ByteString::toString).orElse("false");
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "database" -> Replication.LOGICAL;
            case "true", "on", "yes", "1", "t", "y" -> Replication.PHYSICAL;
            case "false", "off", "no", "0", "f", "n" -> Replication.NONE;
            default ->
                throw new ProtocolViolation(
                        SqlState.INVALID_PARAMETER_VALUE,
                        "invalid value for parameter \"replication\": \"" + value + "\"");
        };
    }

    private static void addOptions(SortedMap<String, String> settings, List<String> words) {
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at++);
            if (word.equals("-c") && at < words.size()) {
                addSetting(settings, words.get(at++));
            } else if (word.startsWith("-c") || word.startsWith("--")) {
                addSetting(settings, word.substring(2));
            } else {
                throw invalid(word);
            }
        }
    }

    private static void addSetting(SortedMap<String, String> settings, String assignment) {
        int equals = assignment.indexOf('=');
        if (equals <= 0) {
            throw invalid(assignment);
        }
        String name = assignment.substring(0, equals).replace('-', '_').toLowerCase(Locale.ROOT);
        settings.put(name, assignment.substring(equals + 1));
    }

    private static ProxyException invalid(String word) {
        return new ProxyException(
                ErrorCode.STARTUP_OPTION_INVALID,
                "invalid command-line argument for server process: " + word,
                "Options may hold settings only: -c name=value or --name=value.");
    }

    /// Splits at white space, before which a backslash takes away its meaning.
    private static List<String> words(String options) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < options.length(); i++) {
            char character = options.charAt(i);
            if (Character.isWhitespace(character)) {
                if (inWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
            } else {
                boolean escaped = character == '\\' && i + 1 < options.length();
                word.append(escaped ? options.charAt(++i) : character);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
