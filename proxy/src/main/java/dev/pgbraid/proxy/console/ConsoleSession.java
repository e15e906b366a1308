package dev.pgbraid.proxy.console;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Close;
import dev.pgbraid.protocol.frontend.Describe;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Target;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A client of a [Console], by the simple and the extended protocol. Confined to its event loop; statements are run on
/// other threads, one at a time.
final class ConsoleSession {
    private static final Logger LOGGER = LoggerFactory.getLogger(ConsoleSession.class);

    /// As many statements and portals as one client may have.
    private static final int NAMES_MAX = 1000;

    private final EventLoop loop;
    private final Console console;
    private final String user;
    private final ConsoleWriter writer;
    private final Runnable goOn;
    private final Map<ByteString, String> statements = new HashMap<>();
    private final Map<ByteString, Portal> portals = new HashMap<>();
    private boolean busy;
    private boolean skipping;

    private record Portal(String statement, List<Format> formats) {
        Portal {
            formats = List.copyOf(formats);
        }
    }

    /// @param goOn is run when the next message may come
    ConsoleSession(EventLoop loop, Console console, String user, ConsoleWriter writer, Runnable goOn) {
        this.loop = loop;
        this.console = console;
        this.user = user;
        this.writer = writer;
        this.goOn = goOn;
    }

    /// Whether a statement runs, so that no message may come.
    boolean isBusy() {
        return busy;
    }

    /// Handles a message that is not Terminate.
    void handle(FrontendMessage message) {
        if (message.tag() == 'S') {
            skipping = false;
            portals.clear();
            writer.ready();
        } else if (message instanceof Query(ByteString text)) {
            query(text.toString());
        } else if (!skipping) {
            try {
                extended(message);
            } catch (ConsoleException refusal) {
                fail(refusal);
            }
        }
    }

    private void query(String text) {
        List<String> each = Statements.split(text);
        if (each.isEmpty()) {
            writer.empty();
            writer.ready();
        } else {
            queryNext(each, 0);
        }
    }

    /// Runs the statements of a query one after another, up to the first that fails.
    private void queryNext(List<String> each, int index) {
        run(
                () -> console.run(user, each.get(index)),
                answer -> {
                    writer.describe(answer.columns(), List.of());
                    writer.rows(answer, List.of());
                    if (index + 1 < each.size()) {
                        queryNext(each, index + 1);
                    } else {
                        writer.ready();
                    }
                },
                refusal -> {
                    writer.error(refusal);
                    writer.ready();
                });
    }

    private void extended(FrontendMessage message) {
        switch (message) {
            case Parse parse -> parse(parse);
            case Bind bind -> bind(bind);
            case Describe(Target target, ByteString name) -> describe(target, name);
            case Execute execute -> execute(portal(execute.portal()));
            case Close(Target target, ByteString name) -> {
                (target == Target.STATEMENT ? statements : portals).remove(name);
                writer.closed();
            }
            default -> unexpected(message);
        }
    }

    /// Flush asks for nothing, as answers never wait; parts of a copy may come behind one that has failed.
    private static void unexpected(FrontendMessage message) {
        if (message.tag() != 'H' && message.tag() != 'd' && message.tag() != 'c' && message.tag() != 'f') {
            throw new ProtocolViolation("the admin database takes no message of type " + (char) message.tag());
        }
    }

    private void parse(Parse parse) {
        List<String> each = Statements.split(parse.query().toString());
        if (each.size() > 1) {
            throw refused(SqlState.SYNTAX_ERROR, "cannot insert multiple commands into a prepared statement");
        }
        if (!parse.statement().equals(ByteString.EMPTY) && statements.containsKey(parse.statement())) {
            throw refused(
                    SqlState.DUPLICATE_PREPARED_STATEMENT,
                    "prepared statement \"" + parse.statement() + "\" already exists");
        }
        String statement = each.isEmpty() ? "" : each.getFirst();
        if (!statement.isEmpty()) {
            console.describe(statement);
        }
        limit(statements);
        statements.put(parse.statement(), statement);
        writer.parsed();
    }

    private void bind(Bind bind) {
        if (!bind.parameters().isEmpty()) {
            throw refused(SqlState.PROTOCOL_VIOLATION, "statements of the admin database have no parameters");
        }
        limit(portals);
        portals.put(bind.portal(), new Portal(statement(bind.statement()), bind.resultFormats()));
        writer.bound();
    }

    private void describe(Target target, ByteString name) {
        boolean isPortal = target == Target.PORTAL;
        String statement = isPortal ? portal(name).statement() : statement(name);
        List<Column> columns = statement.isEmpty() ? List.of() : console.describe(statement);
        if (!isPortal) {
            writer.noParameters();
        }
        if (columns.isEmpty()) {
            writer.noData();
        } else {
            writer.describe(columns, isPortal ? portal(name).formats() : List.of());
        }
    }

    private void execute(Portal portal) {
        if (portal.statement().isEmpty()) {
            writer.empty();
            return;
        }
        run(() -> console.run(user, portal.statement()), answer -> writer.rows(answer, portal.formats()), this::fail);
    }

    private void fail(ConsoleException refusal) {
        writer.error(refusal);
        skipping = true;
    }

    private String statement(ByteString name) {
        String statement = statements.get(name);
        if (statement == null) {
            throw refused(SqlState.INVALID_SQL_STATEMENT_NAME, "prepared statement \"" + name + "\" does not exist");
        }
        return statement;
    }

    private Portal portal(ByteString name) {
        Portal portal = portals.get(name);
        if (portal == null) {
            throw refused(SqlState.INVALID_CURSOR_NAME, "portal \"" + name + "\" does not exist");
        }
        return portal;
    }

    private static void limit(Map<ByteString, ?> names) {
        if (names.size() >= NAMES_MAX) {
            throw refused(SqlState.PROGRAM_LIMIT_EXCEEDED, "more than " + NAMES_MAX + " names");
        }
    }

    private static ConsoleException refused(SqlState code, String message) {
        return new ConsoleException(code, message, "");
    }

    /// Runs what may block on another thread, then goes on here.
    private void run(Supplier<Answer> statement, Consumer<Answer> then, Consumer<ConsoleException> refused) {
        busy = true;
        Thread.ofVirtual().name("console").start(() -> {
            try {
                Answer answer = statement.get();
                end(() -> then.accept(answer));
            } catch (ConsoleException refusal) {
                end(() -> refused.accept(refusal));
            } catch (RuntimeException bug) {
                LOGGER.atError().setCause(bug).log("a bug in a command of the admin database");
                end(() -> refused.accept(new ConsoleException(
                        SqlState.INTERNAL_ERROR, "internal error: " + bug, "The log of the proxy says more.")));
            }
        });
    }

    private void end(Runnable then) {
        loop.execute(() -> {
            busy = false;
            then.run();
            goOn.run();
        });
    }
}
