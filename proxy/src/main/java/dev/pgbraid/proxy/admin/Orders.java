package dev.pgbraid.proxy.admin;

import dev.pgbraid.config.DatabaseConfig;
import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.proxy.admin.Totals.ShardTotals;
import dev.pgbraid.proxy.backend.BackendReport;
import dev.pgbraid.proxy.backend.ShardServer;
import dev.pgbraid.proxy.console.Answer;
import dev.pgbraid.proxy.console.ConsoleException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The commands of the admin database that change something.
final class Orders {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final String DATABASE = "[database]";

    private final ProxyView proxy;
    private final Supplier<Operations> operations;

    Orders(ProxyView proxy, Supplier<Operations> operations) {
        this.proxy = proxy;
        this.operations = operations;
    }

    List<Command> commands() {
        return List.of(
                Command.order("PAUSE", DATABASE, this::pause),
                Command.order("RESUME", DATABASE, this::resume),
                Command.order("RECONNECT", DATABASE, this::reconnect),
                Command.order("WAIT_CLOSE", DATABASE, this::waitClose),
                Command.order("KILL", DATABASE, this::kill),
                Command.order("KILL_CLIENT", "id", this::killClient),
                Command.order("RELOAD", "", _ -> reload()),
                Command.order("SET", "key = value", Orders::set),
                Command.order("SHUTDOWN", "[WAIT_FOR_SERVERS | WAIT_FOR_CLIENTS]", this::shutdown));
    }

    /// Answers when no backend is lent any more; who wants one waits until RESUME.
    private Answer pause(String operand) {
        Set<ShardServer> servers = servers(operand);
        proxy.survey().pause(servers);
        await(() -> proxy.totals().pools().stream()
                .noneMatch(pool -> servers.contains(pool.login().server()) && pool.lent() > 0));
        return Answer.done("PAUSE");
    }

    private Answer resume(String operand) {
        Set<ShardServer> servers = servers(operand);
        boolean isPaused = proxy.totals().shards().values().stream().anyMatch(ShardTotals::isPaused);
        if (!isPaused) {
            throw new ConsoleException(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "nothing is paused", "");
        }
        proxy.survey().resume(servers);
        return Answer.done("RESUME");
    }

    private Answer reconnect(String operand) {
        proxy.survey().renew(servers(operand));
        return Answer.done("RECONNECT");
    }

    private Answer waitClose(String operand) {
        Set<ShardServer> servers = servers(operand);
        await(() -> ProxyView.await(proxy.survey().backends()).stream()
                .filter(backend -> servers.contains(backend.login().server()))
                .noneMatch(BackendReport::retired));
        return Answer.done("WAIT_CLOSE");
    }

    /// As in PgBouncer, new clients wait until RESUME.
    private Answer kill(String operand) {
        Set<ShardServer> servers = servers(operand);
        List<String> databases =
                databases(operand).stream().map(DatabaseConfig::name).toList();
        proxy.survey().pause(servers);
        ProxyView.await(proxy.survey().kill(client -> databases.contains(client.database())));
        proxy.survey().killBackends(servers);
        return Answer.done("KILL");
    }

    private Answer killClient(String operand) {
        String digits = operand.startsWith("c") ? operand.substring(1) : operand;
        if (digits.isEmpty() || !digits.chars().allMatch(Character::isDigit) || digits.length() > 9 + 1) {
            throw new ConsoleException(
                    SqlState.SYNTAX_ERROR, "KILL_CLIENT needs the id of a client", "SHOW CLIENTS has them.");
        }
        long id = Long.parseLong(digits);
        if (ProxyView.await(proxy.survey().kill(client -> client.id() == id)) == 0) {
            throw new ConsoleException(
                    SqlState.UNDEFINED_OBJECT, "client " + id + " is not there", "SHOW CLIENTS shows who is.");
        }
        return Answer.done("KILL_CLIENT");
    }

    private Answer reload() {
        List<String> problems = operations.get().reload();
        if (!problems.isEmpty()) {
            throw new ConsoleException(
                    SqlState.CONFIG_FILE_ERROR,
                    "the configuration file cannot be used: " + String.join("; ", problems),
                    "What it said before stays in force.");
        }
        return Answer.done("RELOAD");
    }

    /// Two sources of the truth would be one too many: with a file that is taken as soon as it changes nothing is lost.
    private static Answer set(String operand) {
        String key = operand.split("[\\s=]", 2)[0];
        throw new ConsoleException(
                SqlState.CANT_CHANGE_RUNTIME_PARAM,
                "\"" + key + "\" is set in the configuration file",
                "Change it there: that is in force within seconds, or with RELOAD at once.");
    }

    private Answer shutdown(String operand) {
        switch (operand.toUpperCase(Locale.ROOT)) {
            case "" -> shutdown(true);
            case "WAIT_FOR_SERVERS", "WAIT_FOR_CLIENTS" -> shutdown(false);
            default -> throw new ConsoleException(SqlState.SYNTAX_ERROR, "SHUTDOWN does not know " + operand, "");
        }
        return Answer.done("SHUTDOWN");
    }

    private void shutdown(boolean atOnce) {
        if (!operations.get().shutdown(atOnce)) {
            throw new ConsoleException(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "this proxy is ended by the program that it is part of",
                    "");
        }
    }

    private Set<ShardServer> servers(String operand) {
        return databases(operand).stream()
                .flatMap(database -> database.shards().stream())
                .map(Totals::server)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The database of that name; all if there is none.
    private List<DatabaseConfig> databases(String operand) {
        ProxyConfig config = proxy.config().get();
        if (operand.isEmpty()) {
            return config.databases();
        }
        String name = operand.startsWith("\"") && operand.endsWith("\"") && operand.length() > 2
                ? operand.substring(1, operand.length() - 1).replace("\"\"", "\"")
                : operand;
        List<DatabaseConfig> named = config.databases().stream()
                .filter(database -> database.name().equals(name))
                .toList();
        if (named.isEmpty()) {
            throw new ConsoleException(
                    SqlState.INVALID_CATALOG_NAME,
                    "database \"" + name + "\" does not exist",
                    "SHOW DATABASES has the names.");
        }
        return named;
    }

    /// Returns when the condition holds, or the proxy stops.
    private void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean() && proxy.isOpen().getAsBoolean()) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
