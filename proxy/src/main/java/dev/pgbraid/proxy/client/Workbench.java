package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.Format;
import dev.pgbraid.protocol.Message;
import dev.pgbraid.protocol.backend.BindComplete;
import dev.pgbraid.protocol.backend.ParameterDescription;
import dev.pgbraid.protocol.backend.RowDescription;
import dev.pgbraid.protocol.frontend.CopyDone;
import dev.pgbraid.protocol.frontend.CopyFail;
import dev.pgbraid.protocol.frontend.Describe;
import dev.pgbraid.protocol.frontend.Parse;
import dev.pgbraid.protocol.frontend.Query;
import dev.pgbraid.protocol.frontend.Target;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.net.ChannelWriter;
import dev.pgbraid.proxy.session.Response;
import dev.pgbraid.proxy.session.StatementDescription;
import dev.pgbraid.router.gather.Gathering;
import dev.pgbraid.router.gather.Sql;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a backend of the home shard is asked while rows are gathered there, in one transaction, or a part of the
/// client's own, that leaves nothing behind.
///
/// It first describes the query as the client has sent it, which finds its mistakes and says what its rows look like.
final class Workbench implements FanBranch.Sink {
    private static final int MESSAGE_BYTES = 256;

    /// Looking at less takes longer than any plan for it.
    private static final int ANALYZED_BYTES_MIN = 64 * 1024;

    /// What `COPY` in the binary format begins and ends with.
    private static final byte[] COPY_HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private static final byte[] ROLLBACK = "ROLLBACK".getBytes(StandardCharsets.US_ASCII);
    private static final String SAVEPOINT = "pgbraid_gather";
    private static final byte[] UNDO = ("ROLLBACK TO SAVEPOINT " + SAVEPOINT + "; RELEASE SAVEPOINT " + SAVEPOINT)
            .getBytes(StandardCharsets.US_ASCII);

    private static final byte[] COPY_TRAILER = {(byte) 0xFF, (byte) 0xFF};

    /// What it was asked last.
    enum Step {
        DESCRIBE,
        CREATE,
        COPY,
        FINISH,
        ANSWER
    }

    private final GatherFan fan;
    private final FanRequest request;
    private final List<PlannedPart> parts;
    private final Sql text;
    private final StatementDescription description = new StatementDescription();
    private final ChannelWriter client;
    private Step step = Step.DESCRIBE;
    private @Nullable GatherQuestion question;
    private int part = -1;

    Workbench(GatherFan fan, FanRequest request, List<PlannedPart> parts, Sql text) {
        this.fan = fan;
        this.request = request;
        this.parts = parts;
        this.text = text;
        this.client = fan.session().writer();
    }

    Step step() {
        return step;
    }

    boolean isAnswering() {
        return step == Step.ANSWER;
    }

    /// The number of the part that is being gathered.
    int part() {
        return part;
    }

    /// Goes on to the next part; false if there is none.
    boolean nextPart() {
        part++;
        return part < parts.size();
    }

    /// Sends statements with the values of the request, once it has been described.
    GatherQuestion question() {
        GatherQuestion known = question;
        if (known == null) {
            List<Integer> types = description
                    .parameterDescription()
                    .map(ParameterDescription::parameterTypes)
                    .orElse(List.of());
            known = new GatherQuestion(types, request.bind());
            question = known;
        }
        return known;
    }

    void describe(Backend backend) {
        query(
                backend,
                fan.isInTransaction() ? "SAVEPOINT " + SAVEPOINT : "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE");
        Parse asked = request.parse();
        send(backend, new Parse(ByteString.EMPTY, asked.query(), asked.parameterTypes()));
        backend.expectInBatch(Response.PARSE);
        send(backend, new Describe(Target.STATEMENT, ByteString.EMPTY));
        backend.expectInBatch(Response.DESCRIBE, description);
        backend.syncForProxy();
    }

    /// Makes the tables of the parts, with what this shard has of their rows.
    void create(Backend backend) {
        step = Step.CREATE;
        for (PlannedPart planned : parts) {
            Gathering.Part table = planned.part();
            String end = GatherFan.hasPart(planned, 0) ? "" : " WITH NO DATA";
            Sql statement =
                    table.query().within("CREATE TEMPORARY TABLE " + table.table() + " ON COMMIT DROP AS ", end);
            question().bind(backend, ByteString.copyOf(statement.bytes()), List.of());
            question().execute(backend, 0);
        }
        question().end(backend);
    }

    /// Begins to take rows of the part at hand.
    void copy(Backend backend) {
        step = Step.COPY;
        query(backend, "COPY pg_temp." + parts.get(part).part().table() + " FROM STDIN (FORMAT binary)");
    }

    void beginCopy(Backend backend) {
        copyData(backend, COPY_HEADER);
    }

    void endCopy(Backend backend) {
        copyData(backend, COPY_TRAILER);
        send(backend, new CopyDone());
        backend.responses().endCopy();
    }

    void failCopy(Backend backend) {
        send(backend, new CopyFail(ByteString.EMPTY));
        backend.responses().endCopy();
    }

    private static void copyData(Backend backend, byte[] bytes) {
        backend.writer()
                .append(ClientMessage.HEADER_BYTES + bytes.length)
                .writeByte('d')
                .writeInt(Integer.BYTES + bytes.length)
                .writeBytes(bytes);
    }

    /// What makes the tables what the query takes them for, and what they hold known to the planner if it is much.
    ///
    /// @param bytes how much has been gathered from other shards
    String finishing(long bytes) {
        List<String> statements = new ArrayList<>();
        for (PlannedPart planned : parts) {
            Gathering.Part table = planned.part();
            if (!table.primaryKey().isEmpty()) {
                String key = table.primaryKey().stream().map(Sql::quoted).collect(Collectors.joining(", "));
                statements.add("ALTER TABLE pg_temp." + table.table() + " ADD PRIMARY KEY (" + key + ")");
            }
            if (bytes > ANALYZED_BYTES_MIN) {
                statements.add("ANALYZE pg_temp." + table.table());
            }
        }
        return String.join("; ", statements);
    }

    void finish(Backend backend, String statements) {
        step = Step.FINISH;
        query(backend, statements);
    }

    /// Runs the query, and ends the transaction whatever comes of it.
    void run(Backend backend) {
        step = Step.ANSWER;
        question().bind(backend, ByteString.copyOf(text.bytes()), request.bind().resultFormats());
        if (request.isExecuted()) {
            question().execute(backend, request.rowsMax());
        }
        question().end(backend);
        backend.begin(fan.isInTransaction() ? UNDO : ROLLBACK);
    }

    private static void query(Backend backend, String sql) {
        send(backend, new Query(ByteString.utf8(sql)));
        backend.unnamed().forget();
        backend.expectBatchEnd(Response.QUERY);
    }

    private static void send(Backend backend, Message message) {
        message.encode(backend.writer().append(MESSAGE_BYTES));
    }

    @Override
    public boolean accept(byte tag, ByteBuf in, int at, int bytes) {
        if (step == Step.ANSWER) {
            if (tag == '2') {
                begin();
            }
            return tag == 'D' || tag == 'C' || tag == 's' || tag == 'N' || tag == 'S';
        }
        if (tag == 'G') {
            fan.copyBegun();
        }
        return false;
    }

    /// The rows begin.
    private void begin() {
        if (!request.isSimple()) {
            new BindComplete().encode(client.append(MESSAGE_BYTES));
        }
        if (request.isDescribed()) {
            RowDescription asked = description.rowDescription().orElseGet(() -> new RowDescription(List.of()));
            List<Format> formats = request.bind().resultFormats();
            List<RowDescription.Field> fields = new ArrayList<>();
            for (int i = 0; i < asked.fields().size(); i++) {
                fields.add(asked.fields().get(i).in(format(formats, i)));
            }
            new RowDescription(fields).encode(client.append(MESSAGE_BYTES));
        }
    }

    private static Format format(List<Format> formats, int column) {
        return switch (formats.size()) {
            case 0 -> Format.TEXT;
            case 1 -> formats.getFirst();
            default -> formats.get(column);
        };
    }

    @Override
    public void pass(ByteBuf in, int index, int length) {
        client.write(in, index, length);
    }
}
