package dev.pgbraid.proxy.demo;

import java.nio.file.Path;
import java.util.Optional;

/// What the demo is asked for.
///
/// @param shards how many PostgreSQL servers
/// @param port where the proxy listens; 0 takes any free port
/// @param adminPort where operators connect, if the port is to be open
/// @param keep the directory where the data stays, if it is to stay
public record DemoOptions(int shards, int port, Optional<Integer> adminPort, Optional<Path> keep) {}
