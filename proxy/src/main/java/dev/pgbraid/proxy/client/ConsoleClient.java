package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.ErrorCode;
import dev.pgbraid.proxy.ProxyException;
import dev.pgbraid.proxy.console.Console;
import dev.pgbraid.proxy.console.ConsoleHandler;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// A client of the admin database among the others of its event loop.
final class ConsoleClient {
    /// What it is told of the server. Drivers take those of a PostgreSQL for granted.
    static final SequencedMap<String, String> PARAMETERS =
            Collections.unmodifiableSequencedMap(new LinkedHashMap<>(Map.ofEntries(
                    Map.entry("server_version", "18.0 (pgbraid admin)"),
                    Map.entry("server_encoding", "UTF8"),
                    Map.entry("client_encoding", "UTF8"),
                    Map.entry("DateStyle", "ISO, MDY"),
                    Map.entry("TimeZone", "UTC"),
                    Map.entry("integer_datetimes", "on"),
                    Map.entry("standard_conforming_strings", "on"))));

    private final Channel channel;
    private final Identity identity;
    private final Worker worker;
    private final ConsoleHandler handler;
    private int processId;

    /// @throws ProxyException if the user may not use it
    ConsoleClient(Channel channel, Identity identity, Worker worker, Console console) {
        String user = identity.user().name();
        if (!console.admits(user)) {
            throw new ProxyException(
                    ErrorCode.LOGIN_REJECTED,
                    "user \"" + user + "\" may not use the admin database",
                    "See admin.users and admin.stats-users.");
        }
        this.channel = channel;
        this.identity = identity;
        this.worker = worker;
        this.handler = new ConsoleHandler(channel, console, user, () -> worker.leave(this));
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    Identity identity() {
        return identity;
    }

    int processId() {
        return processId;
    }

    /// Takes the place of the handler of that name.
    void begin(int cancelProcessId, String before) {
        processId = cancelProcessId;
        channel.pipeline().replace(before, "console", handler);
        worker.join(this);
    }

    void end() {
        handler.end();
    }
}
