package dev.pgbraid.proxy.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The answers that a backend still owes, oldest first.
///
/// Every message that is sent to a backend and has an answer enters here, and so does every answer that the
/// proxy gives in a backend's place: it waits for its turn. An error in the extended protocol drops what was
/// expected up to the next Sync, because the server drops those messages too.
public final class ExpectedResponses {
    private static final int CAPACITY_MIN = 8;

    private Response[] responses = new Response[CAPACITY_MIN];
    private @Nullable Outcome[] outcomes = new Outcome[CAPACITY_MIN];
    private int head;
    private int size;
    private int clientBatchEnds;
    private boolean skippingToSync;
    private boolean copyingIn;
    private long answered;

    /// How many messages have had their answers, so that it can be seen whether any has.
    public long answered() {
        return answered;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /// Whether the server ignores messages until a Sync that has not been sent yet.
    public boolean isSkippingToSync() {
        return skippingToSync;
    }

    /// Whether the server takes copy data that the client has not ended yet.
    public boolean isCopyingIn() {
        return copyingIn;
    }

    /// Whether the server drops what comes, or takes it for a part of a copy.
    public boolean takesAnything() {
        return skippingToSync || copyingIn;
    }

    public void expect(Response response) {
        expect(response, null);
    }

    /// Expects an answer; `outcome` is told when it comes or cannot come any more.
    public void expect(Response response, @Nullable Outcome outcome) {
        if (size == responses.length) {
            grow();
        }
        int slot = (head + size) & (responses.length - 1);
        responses[slot] = response;
        outcomes[slot] = outcome;
        size++;
        if (response.group() == Response.Group.SYNC) {
            skippingToSync = false;
        }
        if (response.endsClientBatch()) {
            clientBatchEnds++;
        }
    }

    /// Whether the server still works on a batch that the client has ended: what it changes is not known yet.
    public boolean isBatchDue() {
        return clientBatchEnds > 0;
    }

    /// Whether the client awaits any of the answers.
    public boolean isAnyForClient() {
        for (int i = 0; i < size; i++) {
            if (slot(i).isForClient()) {
                return true;
            }
        }
        return false;
    }

    /// The client ended its copy.
    public void endCopy() {
        copyingIn = false;
        if (size > 0) {
            expect(Response.COPY_END);
        }
    }

    /// The answer that is due, which the backend's next message must belong to.
    public Response due() {
        return responses[head];
    }

    /// What was given with the answer that is due.
    public @Nullable Outcome dueOutcome() {
        return outcomes[head];
    }

    /// Whether the next answer is the proxy's to give.
    public boolean isProxyDue() {
        return size > 0 && responses[head].group() == Response.Group.PROXY;
    }

    /// Takes the answer that the proxy gives now.
    public Response takeProxyDue() {
        Response due = due();
        pop();
        return due;
    }

    /// Whether a message of type `tag` can come now.
    public boolean admits(byte tag) {
        return size > 0 && responses[head].admits(tag);
    }

    /// Takes note of a message of type `tag`, which must be admitted.
    public void received(byte tag) {
        if (tag == 'D' || tag == 'd') {
            return;
        }
        Response due = responses[head];
        if (tag == 'E') {
            copyingIn = false;
            if (due.group() == Response.Group.EXTENDED) {
                failToSync();
            }
        } else if (tag == 'G') {
            beginCopyIn();
        } else if (due.endsWith(tag)) {
            pop();
        }
    }

    /// Forgets everything: the backend is gone.
    public void dropAll() {
        while (size > 0) {
            skip();
        }
        skippingToSync = false;
        copyingIn = false;
        responses = new Response[CAPACITY_MIN];
        outcomes = new Outcome[CAPACITY_MIN];
        head = 0;
    }

    private void pop() {
        answered++;
        Outcome outcome = remove();
        if (outcome != null) {
            outcome.confirmed();
        }
        while (size > 0 && responses[head] == Response.COPY_END) {
            remove();
        }
    }

    private @Nullable Outcome remove() {
        Outcome outcome = outcomes[head];
        if (responses[head].endsClientBatch()) {
            clientBatchEnds--;
        }
        outcomes[head] = null;
        head = (head + 1) & (responses.length - 1);
        size--;
        return outcome;
    }

    private void skip() {
        Outcome skipped = remove();
        if (skipped != null) {
            skipped.skipped();
        }
    }

    private void failToSync() {
        Outcome failed = remove();
        if (failed != null) {
            failed.failed();
        }
        while (size > 0 && responses[head].group() != Response.Group.SYNC) {
            skip();
        }
        skippingToSync = size == 0;
    }

    /// A server that copies in ignores Sync, so those that were sent ahead are never answered.
    private void beginCopyIn() {
        int kept = 1;
        int at = 1;
        while (at < size && slot(at) != Response.COPY_END) {
            if (slot(at).group() != Response.Group.SYNC) {
                move(at, kept++);
            } else if (slot(at).endsClientBatch()) {
                clientBatchEnds--;
            }
            at++;
        }
        copyingIn = at == size;
        while (at < size) {
            move(at++, kept++);
        }
        for (int gone = kept; gone < size; gone++) {
            outcomes[(head + gone) & (responses.length - 1)] = null;
        }
        size = kept;
    }

    private Response slot(int offset) {
        return responses[(head + offset) & (responses.length - 1)];
    }

    private void move(int from, int to) {
        int mask = responses.length - 1;
        responses[(head + to) & mask] = responses[(head + from) & mask];
        outcomes[(head + to) & mask] = outcomes[(head + from) & mask];
    }

    private void grow() {
        int length = responses.length;
        Response[] moreResponses = Arrays.copyOf(responses, 2 * length);
        @Nullable Outcome[] moreOutcomes = Arrays.copyOf(outcomes, 2 * length);
        for (int i = 0; i < length; i++) {
            moreResponses[i] = responses[(head + i) & (length - 1)];
            moreOutcomes[i] = outcomes[(head + i) & (length - 1)];
        }
        responses = moreResponses;
        outcomes = moreOutcomes;
        head = 0;
    }
}
