package dev.pgbraid.proxy.backend;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.ProtocolViolation;
import dev.pgbraid.protocol.TransactionStatus;
import dev.pgbraid.protocol.backend.BackendMessage;
import dev.pgbraid.protocol.backend.DataRow;
import dev.pgbraid.protocol.backend.ErrorResponse;
import dev.pgbraid.protocol.backend.NotificationResponse;
import dev.pgbraid.protocol.backend.ParameterStatus;
import dev.pgbraid.proxy.session.ExpectedResponses;
import dev.pgbraid.proxy.session.Outcome;
import dev.pgbraid.proxy.session.Question;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.proxy.session.StatementDescription;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Passes what a server sends on to the tenant, and takes note of it.
///
/// Only message headers are looked at, and the few bodies that say something about the session. Neighbouring messages
/// that pass leave in one piece; a message that is larger than what was read passes in parts.
final class BackendReader {
    private static final int HEADER_BYTES = 5;

    /// Messages that must be seen whole are small; larger ones break the protocol, or pass unseen if they may.
    private static final int WHOLE_BYTES_MAX = 64 * 1024;

    /// More than a RowDescription or ParameterDescription can have: there are no more than 1664 columns with names of
    /// 63 characters, and 65535 parameters.
    private static final int DESCRIPTION_BYTES_MAX = 512 * 1024;

    private static final int KEPT_BYTES_MIN = 256;

    private final Backend backend;
    private final ExpectedResponses responses;

    /// The start of a message that cannot be handled before more of it is here.
    private @Nullable ByteBuf partial;

    /// How much of the message that is passing has yet to come.
    private int left;

    private boolean endedWithError;

    /// The error of a server that was asked nothing.
    private @Nullable ErrorFields lastWords;

    /// Where the bytes begin that pass but have not been handed over, and where the next message begins.
    private int from;
    private int at;

    BackendReader(Backend backend) {
        this.backend = backend;
        this.responses = backend.responses();
    }

    /// Tells the tenant why the server ends the connection, if it has said so.
    ///
    /// @return whether the last that the tenant has been given is an error
    boolean explain(@Nullable Tenant tenant) {
        if (lastWords == null || tenant == null) {
            return endedWithError;
        }
        tenant.received(Errors.encode(new ErrorResponse(lastWords)));
        lastWords = null;
        return true;
    }

    /// Takes ownership of `arrived`.
    void read(Tenant tenant, ByteBuf arrived) {
        ByteBuf in = joined(arrived);
        boolean taken = false;
        try {
            from = in.readerIndex();
            at = from;
            while (at < in.writerIndex() && tenant.equals(backend.tenant()) && step(tenant, in)) {}
            backend.midMessageFromServer(left > 0 || at < in.writerIndex(), left > 0);
            if (at < in.writerIndex()) {
                keep(in);
            }
            if (from == in.readerIndex() && at == in.writerIndex()) {
                taken = true;
                tenant.received(in);
            } else {
                handOver(tenant, in);
            }
        } finally {
            if (!taken) {
                in.release();
            }
        }
    }

    void close() {
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    private void keep(ByteBuf in) {
        if (backend.isClosing()) {
            return;
        }
        int bytes = in.writerIndex() - at;
        ByteBuf kept = in.alloc().buffer(Math.max(KEPT_BYTES_MIN, bytes));
        partial = kept.writeBytes(in, at, bytes);
    }

    private ByteBuf joined(ByteBuf arrived) {
        if (partial == null) {
            return arrived;
        }
        ByteBuf whole = partial;
        partial = null;
        whole.writeBytes(arrived);
        arrived.release();
        return whole;
    }

    private void handOver(Tenant tenant, ByteBuf in) {
        if (at > from) {
            tenant.received(in.retainedSlice(from, at - from));
        }
        from = at;
    }

    /// Handles one message or a part of one; false if that needs more bytes.
    private boolean step(Tenant tenant, ByteBuf in) {
        int here = in.writerIndex() - at;
        if (left > 0) {
            pass(here, left);
        } else {
            if (here < HEADER_BYTES) {
                return false;
            }
            byte tag = in.getByte(at);
            int bytes = 1 + lengthOf(tag, in.getInt(at + 1));
            if ((here < bytes && mustBeWhole(tag, bytes)) || mustWait(tenant, tag, in)) {
                return false;
            }
            endedWithError = false;
            if (accept(tenant, tag, in, bytes)) {
                pass(here, bytes);
            } else {
                handOver(tenant, in);
                at += bytes;
                from = at;
            }
        }
        if (left == 0 && responses.isProxyDue()) {
            handOver(tenant, in);
            while (responses.isProxyDue()) {
                tenant.proxyAnswers(responses.takeProxyDue());
            }
        }
        return true;
    }

    /// Whether the message at hand tells the tenant that no transaction is open, which it may not be told yet.
    private boolean mustWait(Tenant tenant, byte tag, ByteBuf in) {
        return tag == 'Z'
                && !responses.isEmpty()
                && responses.due().isForClient()
                && TransactionStatus.of(in.getByte(at + HEADER_BYTES)) == TransactionStatus.IDLE
                && !tenant.mayEndTransaction();
    }

    private void pass(int here, int bytes) {
        int passing = Math.min(here, bytes);
        at += passing;
        left = bytes - passing;
    }

    private static int lengthOf(byte tag, int length) {
        if (length < 4 || length == Integer.MAX_VALUE) {
            throw new ProtocolViolation("a message of type " + (tag & 0xFF) + " from the server has length " + length);
        }
        return length;
    }

    private boolean mustBeWhole(byte tag, int bytes) {
        boolean isForProxy = !responses.isEmpty() && !responses.due().isForClient();
        boolean whole = switch (tag) {
            case 'T', 't' -> isForProxy || description() != null;
            case 'D', 'd', 'V', 'G', 'H' -> isForProxy;
            case 'E', 'N' -> bytes <= WHOLE_BYTES_MAX;
            default -> true;
        };
        int max = tag == 'T' || tag == 't' ? DESCRIPTION_BYTES_MAX : WHOLE_BYTES_MAX;
        if (whole && bytes > max) {
            throw new ProtocolViolation(
                    "a message of type " + (tag & 0xFF) + " from the server has " + bytes + " bytes");
        }
        return whole;
    }

    /// What wants to know what the server says of a statement, if that is due.
    private @Nullable StatementDescription description() {
        return !responses.isEmpty() && responses.dueOutcome() instanceof StatementDescription description
                ? description
                : null;
    }

    /// Takes note of a message; false if it is not for the tenant.
    private boolean accept(Tenant tenant, byte tag, ByteBuf in, int bytes) {
        return switch (tag) {
            case 'S' -> parameterChanged(tenant, in, bytes);
            case 'D' -> rowReceived(in, bytes);
            case 'N' -> responses.isEmpty() || responses.due().isForClient();
            case 'A' -> {
                handOver(tenant, in);
                tenant.notified(NotificationResponse.decode(body("NotificationResponse", in, bytes)));
                yield false;
            }
            case 'E' -> failed(tenant, in, bytes);
            case 'Z' -> {
                Response due = due(tag);
                backend.status(TransactionStatus.of(in.getByte(at + HEADER_BYTES)), due.isForClient());
                responses.received(tag);
                yield due.isForClient();
            }
            case 'C' -> {
                Response due = due(tag);
                if (due.isForClient()) {
                    tenant.commandCompleted(CommandTag.of(in, at + HEADER_BYTES, bytes - HEADER_BYTES));
                }
                responses.received(tag);
                yield due.isForClient();
            }
            case 'T', 't', 'n' -> described(tag, in, bytes);
            default -> {
                Response due = due(tag);
                responses.received(tag);
                yield due.isForClient();
            }
        };
    }

    private boolean rowReceived(ByteBuf in, int bytes) {
        Response due = due((byte) 'D');
        if (due == Response.QUESTION && responses.dueOutcome() instanceof Question question) {
            question.received(DataRow.decode(body("DataRow", in, bytes)));
        }
        if (due.isForClient()) {
            backend.meter().row();
        }
        return due.isForClient();
    }

    private boolean described(byte tag, ByteBuf in, int bytes) {
        Response due = due(tag);
        StatementDescription description = description();
        if (description != null) {
            description.received(tag, body("description", in, bytes));
            if (!due.isForClient()) {
                description.compact();
            }
        }
        responses.received(tag);
        return due.isForClient();
    }

    private Response due(byte tag) {
        if (!responses.admits(tag)) {
            throw new ProtocolViolation(
                    "a message of type " + (tag & 0xFF) + " from the server answers nothing that was sent");
        }
        return responses.due();
    }

    private boolean parameterChanged(Tenant tenant, ByteBuf in, int bytes) {
        ParameterStatus status = ParameterStatus.decode(body("ParameterStatus", in, bytes));
        String name = status.name().toString();
        String value = status.value().toString();
        backend.parameterChanged(name, value);
        boolean isForClient = responses.isEmpty() || responses.due().isForClient();
        if (isForClient) {
            tenant.parameterReported(name, value);
        }
        return isForClient;
    }

    private boolean failed(Tenant tenant, ByteBuf in, int bytes) {
        if (responses.isEmpty()) {
            // The server gives up. That is news only for one who has the backend still when the connection ends.
            backend.retire();
            lastWords = bytes > WHOLE_BYTES_MAX ? null : errorFields(in, bytes);
            return bytes > WHOLE_BYTES_MAX;
        }
        Response due = due((byte) 'E');
        if (due == Response.QUERY_FOR_PROXY) {
            responses.received((byte) 'E');
            backend.retire();
            tenant.settingsRefused(errorFields(in, bytes));
            return false;
        }
        Outcome outcome = responses.dueOutcome();
        responses.received((byte) 'E');
        if (bytes > WHOLE_BYTES_MAX) {
            endedWithError = true;
            return true;
        }
        ErrorFields error = errorFields(in, bytes);
        Optional<List<BackendMessage>> told = outcome == null ? Optional.empty() : outcome.inPlaceOf(error);
        endedWithError = told.isEmpty() || !told.get().isEmpty();
        count(tenant, due, outcome, error);
        if (told.isEmpty()) {
            return true;
        }
        handOver(tenant, in);
        told.get().forEach(message -> tenant.received(Errors.encode(message)));
        return false;
    }

    private void count(Tenant tenant, Response due, @Nullable Outcome outcome, ErrorFields error) {
        if (outcome instanceof Refusal refusal) {
            tenant.refusalTold(refusal.error());
        } else if (due.isForClient()) {
            backend.meter().failed(error);
        }
    }

    private ErrorFields errorFields(ByteBuf in, int bytes) {
        return ErrorFields.read(body("ErrorResponse", in, bytes));
    }

    private MessageReader body(String message, ByteBuf in, int bytes) {
        int here = Math.min(bytes, in.writerIndex() - at);
        return new MessageReader(message, in.slice(at + HEADER_BYTES, here - HEADER_BYTES));
    }
}
