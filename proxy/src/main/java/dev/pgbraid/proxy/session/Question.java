package dev.pgbraid.proxy.session;

import dev.pgbraid.protocol.backend.DataRow;

/// Something that the proxy asks a server on its own account, and reads the answer to.
public interface Question extends Outcome {
    /// The statement that asks.
    String sql();

    /// A row of the answer.
    void received(DataRow row);
}
