package dev.pgbraid.proxy.wire;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.ProtocolVersion;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.auth.ChannelBinding;
import dev.pgbraid.protocol.auth.ScramClient;
import dev.pgbraid.protocol.auth.ScramCredential;
import dev.pgbraid.protocol.auth.ScramMechanism;
import dev.pgbraid.protocol.auth.ScramNonce;
import dev.pgbraid.protocol.backend.Authentication;
import dev.pgbraid.protocol.backend.AuthenticationOk;
import dev.pgbraid.protocol.backend.AuthenticationSasl;
import dev.pgbraid.protocol.backend.AuthenticationSaslContinue;
import dev.pgbraid.protocol.backend.AuthenticationSaslFinal;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.NegotiateProtocolVersion;
import dev.pgbraid.protocol.backend.ReadyForQuery;
import dev.pgbraid.protocol.frontend.SaslInitialResponse;
import dev.pgbraid.protocol.frontend.SaslResponse;
import dev.pgbraid.protocol.startup.StartupMessage;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Who logs in to what.
///
/// @param parameters further parameters of the StartupMessage
public record Login(
        String user,
        String password,
        String database,
        ProtocolVersion version,
        SequencedMap<String, String> parameters) {
    private static final SecureRandom RANDOM = new SecureRandom();

    public Login {
        parameters = new LinkedHashMap<>(parameters);
    }

    public Login(String user, String password, String database) {
        this(user, password, database, ProtocolVersion.V3_0, new LinkedHashMap<>());
    }

    /// Hides the password.
    @Override
    public String toString() {
        return "Login[" + user + "@" + database + "]";
    }

    /// The first message of the session.
    public StartupMessage startupMessage() {
        SequencedMap<ByteString, ByteString> all = new LinkedHashMap<>();
        all.put(ByteString.utf8("user"), ByteString.utf8(user));
        all.put(ByteString.utf8("database"), ByteString.utf8(database));
        parameters.forEach((name, value) -> all.put(ByteString.utf8(name), ByteString.utf8(value)));
        return new StartupMessage(version, all);
    }

    /// Sends the StartupMessage and does what the server asks for; returns what it says after AuthenticationOk,
    /// up to ReadyForQuery.
    ///
    /// @throws LoginRefused with the server's error
    public List<BackendMessage> run(WireClient client) {
        client.send(startupMessage());
        BackendMessage message = client.receive();
        ScramClient scram = new ScramClient(
                ScramMechanism.SCRAM_SHA_256,
                new ChannelBinding.None(),
                new ScramCredential.Password(ByteString.utf8(password)),
                ScramNonce.random(RANDOM));
        while (!(message instanceof AuthenticationOk)) {
            switch (message) {
                case NegotiateProtocolVersion _ -> {}
                case ErrorResponse(var fields) -> throw new LoginRefused(fields);
                case AuthenticationSasl(var offered) -> client.send(first(scram, offered));
                case AuthenticationSaslContinue(var challenge) ->
                    client.send(new SaslResponse(scram.clientFinal(challenge)));
                case AuthenticationSaslFinal(var signature) -> scram.verify(signature);
                case Authentication other -> throw new IllegalStateException("cannot log in by " + other);
                default -> throw new IllegalStateException("unexpected during login: " + message);
            }
            message = client.receive();
        }
        return welcome(client);
    }

    /// A server can still refuse who has proved to be who they say.
    private static List<BackendMessage> welcome(WireClient client) {
        List<BackendMessage> messages = new ArrayList<>();
        do {
            messages.add(client.receive());
            if (messages.getLast() instanceof ErrorResponse(var fields)) {
                throw new LoginRefused(fields);
            }
        } while (!(messages.getLast() instanceof ReadyForQuery));
        return messages;
    }

    private static SaslInitialResponse first(ScramClient scram, List<ByteString> offered) {
        ByteString mechanism = ScramMechanism.SCRAM_SHA_256.wireName();
        if (!offered.contains(mechanism)) {
            throw new IllegalStateException("cannot log in by any of " + offered);
        }
        return new SaslInitialResponse(mechanism, WireValue.of(scram.clientFirst()));
    }
}
