package dev.pgbraid.proxy.client;

import dev.pgbraid.proxy.session.ExpectedResponses;

/// What a client sends for a copy into the server, and what the server makes of it.
final class CopyInput {
    /// Whether there was data that the server has yet to ask for, if it does.
    private boolean ahead;

    /// The client sends data, or says that there is no more, before the server has asked for any.
    void comesAhead(ExpectedResponses responses, byte tag) {
        if (tag == 'd') {
            ahead = !responses.isEmpty();
        } else {
            ahead = false;
            responses.endCopy();
        }
    }

    /// Whether it depends on answers that are due what the server makes of the next message.
    boolean mustAwaitAnswers(ExpectedResponses responses, byte tag) {
        ahead &= !responses.isEmpty() && !responses.isCopyingIn();
        return responses.isCopyUnsettled() || (ahead && tag == 'S');
    }

    /// Whether the server takes the next message for a part of the copy. For anything else it fails the copy, unless
    /// the data has done that already.
    boolean takes(ExpectedResponses responses, byte tag) {
        if (!responses.isCopyingIn()) {
            return false;
        }
        switch (tag) {
            case 'd', 'H' -> {}
            case 'c', 'f' -> responses.endCopy();
            case 'S' -> responses.syncInCopy();
            default -> {
                if (!responses.hasCopySyncs()) {
                    responses.endCopy();
                    return false;
                }
            }
        }
        return true;
    }
}
