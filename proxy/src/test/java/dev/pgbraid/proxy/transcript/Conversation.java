package dev.pgbraid.proxy.transcript;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.frontend.Terminate;
import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.WireClient;
import dev.pgbraid.proxy.transcript.Transcript.Step;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Holds the conversation of a transcript with whoever is at an endpoint.
final class Conversation implements AutoCloseable {
    private final Endpoint endpoint;
    private final Map<String, WireClient> clients = new LinkedHashMap<>();
    private final Set<String> ended = new HashSet<>();

    Conversation(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /// Plays every step.
    ///
    /// @return what the server said in each that expects something, where nothing stands for the end of the
    ///     connection, and last what it still had to say when the clients said goodbye
    List<List<Optional<BackendMessage>>> hold(Transcript transcript) {
        List<List<Optional<BackendMessage>>> answers = new ArrayList<>();
        for (Step step : transcript.steps()) {
            switch (step) {
                case Step.Send send -> send(send);
                case Step.Expect(String client, List<String> lines) -> answers.add(read(client, lines));
            }
        }
        answers.add(ending());
        return answers;
    }

    /// The transcript with the answers that the server really gives.
    Transcript record(Transcript transcript) {
        List<Step> steps = new ArrayList<>();
        for (Step step : transcript.steps()) {
            switch (step) {
                case Step.Send send -> {
                    send(send);
                    steps.add(send);
                }
                case Step.Expect(String client, List<String> _) ->
                    steps.add(new Step.Expect(client, MessageText.lines(readAll(client))));
            }
        }
        return new Transcript(transcript.comment(), steps);
    }

    private void send(Step.Send send) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (ByteString message : send.messages()) {
            bytes.writeBytes(message.toByteArray());
        }
        client(send.client()).send(bytes.toByteArray());
    }

    private List<Optional<BackendMessage>> read(String client, List<String> expected) {
        List<Optional<BackendMessage>> messages = new ArrayList<>();
        while (messages.size() < expected.size()) {
            try {
                messages.add(readNext(client));
            } catch (RuntimeException failed) {
                throw new AssertionError(
                        "instead of " + expected + " there came " + MessageText.lines(messages) + " and then " + failed,
                        failed);
            }
        }
        return messages;
    }

    private List<Optional<BackendMessage>> readAll(String client) {
        List<Optional<BackendMessage>> messages = new ArrayList<>();
        while (!ended.contains(client) && !client(client).isSilent()) {
            messages.add(readNext(client));
        }
        return messages;
    }

    private Optional<BackendMessage> readNext(String client) {
        Optional<BackendMessage> message = client(client).next();
        if (message.isEmpty()) {
            ended.add(client);
        }
        return message;
    }

    /// Whatever comes before the connections end in order was not asked for.
    private List<Optional<BackendMessage>> ending() {
        List<Optional<BackendMessage>> rest = new ArrayList<>();
        clients.forEach((name, client) -> {
            if (!ended.contains(name)) {
                client.send(new Terminate());
                client.readUntilEnd().forEach(message -> rest.add(Optional.of(message)));
            }
        });
        return rest;
    }

    private WireClient client(String name) {
        return clients.computeIfAbsent(name, _ -> WireClient.login(endpoint));
    }

    @Override
    public void close() {
        clients.values().forEach(WireClient::close);
    }
}
