package dev.pgbraid.proxy.session;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.MessageReader;
import dev.pgbraid.protocol.backend.ParameterDescription;
import dev.pgbraid.protocol.backend.RowDescription;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a server says of a statement that it has prepared: the types of the parameters, and what the rows look like.
///
/// Both are fixed when a statement is prepared. A server that finds later that a table has changed reads the text once
/// more with the types that it had, and fails the statement if the rows would not look as they did.
public final class StatementDescription implements Outcome {
    private @Nullable ByteString parameters;
    private @Nullable ByteString rows;

    /// Whether the rows are a digest already.
    private boolean digested;

    private boolean awaited;

    /// The server is asked.
    public StatementDescription await() {
        awaited = true;
        return this;
    }

    /// Whether the server has been asked and has not answered yet.
    public boolean isAwaited() {
        return awaited;
    }

    public boolean isKnown() {
        return rows != null;
    }

    /// Takes a message of the answer.
    public void received(byte tag, MessageReader body) {
        if (tag == 't') {
            parameters = body.readRemaining();
        } else {
            rows = body.readRemaining();
            digested = tag != 'T';
        }
    }

    /// The part of the answer that is about the parameters.
    public Optional<ParameterDescription> parameterDescription() {
        return Optional.ofNullable(parameters)
                .map(known -> ParameterDescription.decode(reader("ParameterDescription", known)));
    }

    /// The part of the answer that is about the rows, unless this has been made small. A statement without rows has
    /// none.
    public Optional<RowDescription> rowDescription() {
        return Optional.ofNullable(rows)
                .filter(_ -> !digested)
                .map(known -> RowDescription.decode(reader("RowDescription", known)));
    }

    /// Makes this small, so that it can be kept for long.
    public void compact() {
        if (rows != null && !digested) {
            rows = digest(RowDescription.decode(reader("RowDescription", rows)));
            digested = true;
        }
    }

    /// Whether a statement that is described so can stand for one that is described otherwise.
    public boolean isLike(StatementDescription other) {
        compact();
        other.compact();
        return isKnown() && Objects.equals(rows, other.rows) && Objects.equals(parameters, other.parameters);
    }

    /// The text and parameter types of a Parse with the types as they are known.
    byte[] typed(byte[] body) {
        if (parameters == null) {
            throw new IllegalStateException("the statement was not described");
        }
        int textBytes = Unpooled.wrappedBuffer(body).bytesBefore((byte) 0) + 1;
        return ByteBufUtil.getBytes(
                Unpooled.buffer().writeBytes(body, 0, textBytes).writeBytes(parameters.toByteArray()));
    }

    @Override
    public void confirmed() {
        awaited = false;
    }

    @Override
    public void skipped() {
        awaited = false;
    }

    private static MessageReader reader(String message, ByteString body) {
        return new MessageReader(message, Unpooled.wrappedBuffer(body.toByteArray()));
    }

    /// Names and types count, and not where the values come from.
    private static ByteString digest(RowDescription description) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer numbers = ByteBuffer.allocate(2 * Integer.BYTES);
            for (RowDescription.Field field : description.fields()) {
                digest.update(field.name().toByteArray());
                digest.update((byte) 0);
                digest.update(numbers.clear()
                        .putInt(field.typeOid())
                        .putInt(field.typeModifier())
                        .flip());
            }
            return ByteString.copyOf(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
