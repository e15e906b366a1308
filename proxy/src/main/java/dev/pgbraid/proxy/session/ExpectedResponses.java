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
    private CopySyncs copySyncs = CopySyncs.NONE;
    private int copySyncsAnswered;
    private long answered;

    /// What is known of the Syncs that a client has sent inside a copy. The server ignores those that it comes to
    /// before an error in the data, and answers those behind it.
    private enum CopySyncs {
        NONE,
        SENT,
        /// The copy has failed.
        FAILED,
        /// The server was made to tell how many of them it answers.
        COUNTED
    }

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

    /// The client ended its copy, or the one that it expects to begin.
    public void endCopy() {
        if (size > 0 && !copyingIn) {
            expect(Response.COPY_END);
        }
        copyingIn = false;
    }

    /// The client sent a Sync inside its copy.
    public void syncInCopy() {
        copySyncs = CopySyncs.SENT;
    }

    /// Whether a Sync was sent inside the copy.
    public boolean hasCopySyncs() {
        return copySyncs != CopySyncs.NONE;
    }

    /// Whether it is not known what the server makes of the Syncs inside a copy that has ended or failed, and so
    /// neither of what comes behind.
    public boolean isCopyUnsettled() {
        return copySyncs != CopySyncs.NONE && !copyingIn;
    }

    /// Whether the server has to be made to tell how many of the Syncs inside a copy it answers.
    public boolean mustCountCopySyncs() {
        return copySyncs == CopySyncs.FAILED;
    }

    /// The server was made to tell that: it answers a Sync of the proxy's as well, and then a Close.
    public void countCopySyncs(Outcome outcome) {
        boolean wasSkipping = skippingToSync;
        copySyncs = CopySyncs.COUNTED;
        copySyncsAnswered = 0;
        expect(Response.COPY_SYNCS, outcome);
        expect(Response.CLOSE_FOR_PROXY);
        expect(Response.SYNC_FOR_PROXY);
        // Another one of the client's is awaited unless one of those has ended this.
        skippingToSync = wasSkipping;
    }

    /// How many of the Syncs inside the copy the server has answered.
    public int copySyncsAnswered() {
        return copySyncsAnswered;
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
        if (responses[head] == Response.COPY_SYNCS) {
            receivedForCopySyncs(tag);
        }
        Response due = responses[head];
        if (tag == 'E') {
            copyingIn = false;
            copySyncs = copySyncs == CopySyncs.SENT ? CopySyncs.FAILED : copySyncs;
            if (due.group() == Response.Group.EXTENDED) {
                failToSync();
            }
        } else if (tag == 'G') {
            beginCopyIn();
        } else {
            copySyncs = tag == 'C' ? CopySyncs.NONE : copySyncs;
            if (due.endsWith(tag)) {
                pop();
            }
        }
    }

    private void receivedForCopySyncs(byte tag) {
        if (tag == 'Z') {
            copySyncsAnswered++;
        } else if (tag == '3') {
            copySyncs = CopySyncs.NONE;
            copySyncsAnswered--;
            skippingToSync &= copySyncsAnswered == 0;
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
        copySyncs = CopySyncs.NONE;
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
        at++;
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
