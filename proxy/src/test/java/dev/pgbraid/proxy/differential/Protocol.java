package dev.pgbraid.proxy.differential;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.frontend.Bind;
import dev.pgbraid.protocol.frontend.Describe;
import dev.pgbraid.protocol.frontend.Execute;
import dev.pgbraid.protocol.frontend.FrontendMessage;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Sync;
import dev.pgbraid.protocol.frontend.Target;
import java.util.List;

/// In what messages a statement is sent.
enum Protocol {
    /// One Query, values as literals.
    SIMPLE,
    /// Values and results as text, the types of the values left to the server.
    TEXT,
    /// Values of their types and results in binary format.
    BINARY;

    FrontendMessage[] messages(Statement statement) {
        return switch (this) {
            case SIMPLE -> new FrontendMessage[] {new Query(ByteString.utf8(statement.textWithLiterals()))};
            case TEXT ->
                extended(
                        new Parse(ByteString.EMPTY, ByteString.utf8(statement.text()), List.of()),
                        new Bind(
                                ByteString.EMPTY,
                                ByteString.EMPTY,
                                List.of(),
                                statement.parameters().stream()
                                        .map(Parameter::asText)
                                        .toList(),
                                List.of()));
            case BINARY ->
                extended(
                        new Parse(
                                ByteString.EMPTY,
                                ByteString.utf8(statement.text()),
                                statement.parameters().stream()
                                        .map(Parameter::typeOid)
                                        .toList()),
                        new Bind(
                                ByteString.EMPTY,
                                ByteString.EMPTY,
                                statement.parameters().stream()
                                        .map(Parameter::typedFormat)
                                        .toList(),
                                statement.parameters().stream()
                                        .map(Parameter::asTyped)
                                        .toList(),
                                List.of(Format.BINARY)));
        };
    }

    private static FrontendMessage[] extended(Parse parse, Bind bind) {
        return new FrontendMessage[] {
            parse,
            new Describe(Target.STATEMENT, ByteString.EMPTY),
            bind,
            new Describe(Target.PORTAL, ByteString.EMPTY),
            new Execute(ByteString.EMPTY, 0),
            new Sync()
        };
    }
}
