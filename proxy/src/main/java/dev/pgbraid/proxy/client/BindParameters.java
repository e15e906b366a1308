package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.WireValue;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.router.plan.Parameters;
import java.util.List;

/// The values in a Bind message that is kept.
///
/// @param types those that the client gave for the statement
record BindParameters(Bind bind, List<Integer> types) implements Parameters {
    BindParameters {
        types = List.copyOf(types);
    }

    @Override
    public int count() {
        return bind.parameters().size();
    }

    @Override
    public int type(int number) {
        return number > types.size() ? 0 : types.get(number - 1);
    }

    @Override
    public boolean isNull(int number) {
        return bind.parameters().get(number - 1) instanceof WireValue.Null;
    }

    @Override
    public boolean isBinary(int number) {
        return bind.parameterFormat(number - 1) == Format.BINARY;
    }

    @Override
    public byte[] bytes(int number) {
        return switch (bind.parameters().get(number - 1)) {
            case WireValue.Bytes(ByteString bytes) -> bytes.toByteArray();
            case WireValue.Null _ -> throw new IllegalArgumentException("parameter " + number + " is NULL");
        };
    }
}
