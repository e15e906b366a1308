package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.proxy.session.Outcome;

/// A statement of ours that the server fails, so that its error can give way to `error`.
record Refusal(ErrorFields error) implements Outcome {
    @Override
    public boolean rewordsErrors() {
        return true;
    }

    @Override
    public ErrorFields reword(ErrorFields ignored) {
        return error;
    }
}
