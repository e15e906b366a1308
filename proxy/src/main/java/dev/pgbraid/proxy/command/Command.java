package dev.pgbraid.proxy.command;

/// One of the things that the command line can do.
public interface Command {
    /// What it is called and what it takes.
    Usage usage();

    /// Does it, and gives the exit status.
    int run(Arguments arguments);
}
