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

    /// What happens to the detail that was given with an answer.
    public interface Listener {
        /// The answer came.
        void confirmed(Response response, Object detail);

        /// The answer will never come: the server skipped or refused the message.
        void dropped(Response response, Object detail);
    }

    private final Listener listener;
    private Response[] responses = new Response[CAPACITY_MIN];
    private @Nullable Object[] details = new Object[CAPACITY_MIN];
    private int head;
    private int size;
    private int clientBatchEnds;
    private boolean skippingToSync;
    private boolean copyingIn;

    public ExpectedResponses(Listener listener) {
        this.listener = listener;
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

    public void expect(Response response) {
        expect(response, null);
    }

    /// Expects an answer; `detail` is handed to the listener when it comes or cannot come any more.
    public void expect(Response response, @Nullable Object detail) {
        if (size == responses.length) {
            grow();
        }
        int slot = (head + size) & (responses.length - 1);
        responses[slot] = response;
        details[slot] = detail;
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

    /// The detail given with the answer that is due.
    public @Nullable Object dueDetail() {
        return details[head];
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
                dropToSync();
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
            drop();
        }
        skippingToSync = false;
        copyingIn = false;
        responses = new Response[CAPACITY_MIN];
        details = new Object[CAPACITY_MIN];
        head = 0;
    }

    private void pop() {
        Response response = responses[head];
        Object detail = remove();
        if (detail != null) {
            listener.confirmed(response, detail);
        }
        while (size > 0 && responses[head] == Response.COPY_END) {
            remove();
        }
    }

    private @Nullable Object remove() {
        Object detail = details[head];
        if (responses[head].endsClientBatch()) {
            clientBatchEnds--;
        }
        details[head] = null;
        head = (head + 1) & (responses.length - 1);
        size--;
        return detail;
    }

    private void drop() {
        Response response = responses[head];
        Object detail = remove();
        if (detail != null) {
            listener.dropped(response, detail);
        }
    }

    private void dropToSync() {
        while (size > 0 && responses[head].group() != Response.Group.SYNC) {
            drop();
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
            details[(head + gone) & (responses.length - 1)] = null;
        }
        size = kept;
    }

    private Response slot(int offset) {
        return responses[(head + offset) & (responses.length - 1)];
    }

    private void move(int from, int to) {
        int mask = responses.length - 1;
        responses[(head + to) & mask] = responses[(head + from) & mask];
        details[(head + to) & mask] = details[(head + from) & mask];
    }

    private void grow() {
        int length = responses.length;
        Response[] moreResponses = Arrays.copyOf(responses, 2 * length);
        @Nullable Object[] moreDetails = Arrays.copyOf(details, 2 * length);
        for (int i = 0; i < length; i++) {
            moreResponses[i] = responses[(head + i) & (length - 1)];
            moreDetails[i] = details[(head + i) & (length - 1)];
        }
        responses = moreResponses;
        details = moreDetails;
        head = 0;
    }
}
