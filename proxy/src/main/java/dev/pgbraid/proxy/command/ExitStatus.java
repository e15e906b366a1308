package dev.pgbraid.proxy.command;

/// What the exit status of the process says.
public final class ExitStatus {
    public static final int OK = 0;
    public static final int FAILED = 1;
    /// What the command was given is wrong: an argument or the configuration file.
    public static final int WRONG_INPUT = 2;

    private ExitStatus() {}
}
