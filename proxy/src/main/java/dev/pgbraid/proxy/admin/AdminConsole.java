package dev.pgbraid.proxy.admin;

import dev.pgbraid.config.AdminConfig;
import dev.pgbraid.config.ProxyConfig;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.proxy.console.Answer;
import dev.pgbraid.proxy.console.Column;
import dev.pgbraid.proxy.console.Console;
import dev.pgbraid.proxy.console.ConsoleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The admin database: PgBouncer's grammar and columns where it has them, and what only pgbraid has.
public final class AdminConsole implements Console {
    private static final Pattern WORD = Pattern.compile("\\G\\s*([A-Za-z_]+)(?=\\s|=|$)");

    /// Settings that drivers set on every connection. Nothing that is answered here depends on them.
    private static final Pattern SETTING_OF_DRIVER = Pattern.compile(
            "(?i)set\\s+(session\\s+)?(extra_float_digits|application_name|datestyle|timezone|client_min_messages"
                    + "|standard_conforming_strings|bytea_output|intervalstyle|statement_timeout)\\b.*",
            Pattern.DOTALL);

    private final List<Command> commands;
    private final Supplier<ProxyConfig> config;

    /// @param operations what can be done at the moment
    public AdminConsole(ProxyView proxy, Supplier<Operations> operations) {
        this.config = proxy.config();
        List<Command> all = new ArrayList<>();
        Averages averages = new Averages();
        all.addAll(new ClientTables(proxy).commands());
        all.addAll(new PoolTables(proxy).commands());
        all.addAll(new StatisticsTables(proxy, averages).commands());
        all.addAll(new ProxyTables(proxy, operations).commands());
        all.addAll(new ShardTables(proxy).commands());
        all.addAll(new PlanTables(proxy).commands());
        all.addAll(new Orders(proxy, operations).commands());
        all.add(new Command(List.of("SHOW", "HELP"), "", Privilege.STATS, List.of(), _ -> help()));
        this.commands = List.copyOf(all);
    }

    /// All commands.
    List<Command> commands() {
        return commands;
    }

    @Override
    public boolean admits(String user) {
        return privilege(user).isPresent();
    }

    @Override
    public List<Column> describe(String statement) {
        return isOfDriver(statement) ? List.of() : find(statement).columns();
    }

    @Override
    public Answer run(String user, String statement) {
        if (isOfDriver(statement)) {
            return Answer.done("SET");
        }
        Command command = find(statement);
        boolean isAllowed = privilege(user)
                .filter(privilege -> privilege.includes(command.privilege()))
                .isPresent();
        if (!isAllowed) {
            throw new ConsoleException(
                    SqlState.INSUFFICIENT_PRIVILEGE,
                    "permission denied for " + command.name(),
                    "It takes one of admin.users.");
        }
        return command.action().run(operand(statement, command));
    }

    private static boolean isOfDriver(String statement) {
        return SETTING_OF_DRIVER.matcher(statement).matches();
    }

    private Optional<Privilege> privilege(String user) {
        AdminConfig admin = config.get().admin();
        if (admin.users().contains(user)) {
            return Optional.of(Privilege.ADMIN);
        }
        return admin.statsUsers().contains(user) ? Optional.of(Privilege.STATS) : Optional.empty();
    }

    private Command find(String statement) {
        List<String> words = words(statement, Integer.MAX_VALUE);
        return commands.stream()
                .filter(command -> starts(words, command.words()))
                .findFirst()
                .orElseThrow(() -> new ConsoleException(
                        SqlState.SYNTAX_ERROR, "unknown command: " + statement, "SHOW HELP lists the commands."));
    }

    private static boolean starts(List<String> words, List<String> start) {
        return words.size() >= start.size() && words.subList(0, start.size()).equals(start);
    }

    private static List<String> words(String statement, int max) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(statement);
        while (words.size() < max && matcher.find()) {
            words.add(matcher.group(1).toUpperCase(Locale.ROOT));
        }
        return words;
    }

    private static String operand(String statement, Command command) {
        Matcher matcher = WORD.matcher(statement);
        int end = 0;
        for (int i = 0; i < command.words().size(); i++) {
            end = matcher.find() ? matcher.end() : end;
        }
        String operand = statement.substring(end).strip();
        if (!operand.isEmpty() && command.operand().isEmpty()) {
            throw new ConsoleException(
                    SqlState.SYNTAX_ERROR, command.name() + " takes nothing more, there is: " + operand, "");
        }
        return operand;
    }

    private Answer help() {
        List<String> lines = new ArrayList<>();
        commands.stream().map(Command::usage).sorted().forEach(lines::add);
        return new Answer(List.of(), List.of(), "SHOW", List.of("\n\t" + String.join("\n\t", lines)));
    }
}
