package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.session.Settings;
import java.util.SequencedMap;

/// What a session begins with.
///
/// @param parameters what the server reports of itself, by name
/// @param settings what the session has set from the start on every backend that it gets
record Greeting(SequencedMap<String, String> parameters, Settings settings) {}
