package dev.pgbraid.proxy.client;

import dev.pgbraid.protocol.ErrorFields;
import dev.pgbraid.protocol.Severity;
import dev.pgbraid.protocol.SqlState;
import dev.pgbraid.proxy.backend.Backend;
import dev.pgbraid.proxy.backend.Errors;
import dev.pgbraid.proxy.backend.Lender;
import dev.pgbraid.proxy.session.Settings;
import dev.pgbraid.router.gather.Sql;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A query that runs over rows which are gathered from several shards.
///
/// Rows pass from the shards to the workbench as they are: what is a row of an answer in the binary format is a row of
/// a
/// copy in that format, too. They are read one shard after another, no faster than the workbench takes them. Whatever a
/// shard gives it reads in one transaction with one snapshot.
final class GatherFan extends Fan implements GatherPlanner.Listener {
    private static final int CANCEL_AGAIN_MILLIS = 200;
    private static final String ISOLATION = "default_transaction_isolation";

    private final FanRequest request;
    private final long bytesMax;
    private final Consumer<GatherPlanner.Listener> planner;
    private final Map<Integer, FanBranch> sources = new HashMap<>();
    private @Nullable Workbench workbench;
    private List<PlannedPart> parts = List.of();

    /// Who has rows of the part that is being gathered, and is still to be read.
    private final List<FanBranch> waiting = new ArrayList<>();

    private @Nullable FanBranch source;
    private long bytes;

    /// @param epoch by which it was planned
    /// @param bytesMax how much may be gathered
    /// @param planner finds out how, and tells this
    GatherFan(
            Session session,
            long epoch,
            FanRequest request,
            long bytesMax,
            Consumer<GatherPlanner.Listener> planner,
            Consumer<@Nullable ErrorFields> listener) {
        super(session, epoch, listener);
        this.request = request;
        this.bytesMax = bytesMax;
        this.planner = planner;
    }

    @Override
    void begin() {
        planner.accept(this);
    }

    @Override
    public void refused(ErrorFields error) {
        if (!hasEnded()) {
            fail(error);
        }
    }

    @Override
    public void planned(List<PlannedPart> planned, Sql text) {
        if (hasEnded()) {
            return;
        }
        parts = List.copyOf(planned);
        Workbench bench = new Workbench(this, request, parts, text);
        workbench = bench;
        addBranch(lender(Shards.HOME), bench);
        TreeSet<Integer> shards = new TreeSet<>();
        parts.forEach(part -> part.shards().forEach(shard -> shards.add(shard.index())));
        shards.remove(Shards.HOME);
        for (int shard : shards) {
            Source rows = new Source(
                    (int) parts.stream().filter(part -> hasPart(part, shard)).count());
            rows.branch = addBranch(lender(shard), rows);
            sources.put(shard, rows.branch);
        }
        checkOut();
    }

    private Lender lender(int shard) {
        return session().steering().lender(session().shards().pool(shard));
    }

    /// All parts that one shard has see the same rows, unless they are read in a transaction of the client's own.
    @Override
    Settings settings() {
        if (isInTransaction()) {
            return super.settings();
        }
        Settings settings = super.settings();
        TreeMap<String, String> values = new TreeMap<>(settings.values());
        values.merge(ISOLATION, "repeatable read", (own, snapshot) -> own.equals("serializable") ? own : snapshot);
        return new Settings(values);
    }

    /// A server that has done its part does not hear it, and one that is between two messages does neither.
    @Override
    public void cancel() {
        if (hasEnded()) {
            return;
        }
        if (workbench != null && workbench.isAnswering()) {
            super.cancel();
            session().loop().schedule(this::cancel, CANCEL_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            fail(isWaiting() ? Errors.fields(SessionErrors.canceledInQueue()) : SessionErrors.canceled());
        }
    }

    private Workbench workbench() {
        if (workbench == null) {
            throw new IllegalStateException("no workbench yet");
        }
        return workbench;
    }

    private FanBranch bench() {
        return branches().getFirst();
    }

    @Override
    void ready() {
        bench().ask(workbench()::describe);
        bench().beginTurn();
    }

    @Override
    public void answered(FanBranch branch) {
        if (hasFailed()) {
            giveUp();
        } else if (branch.equals(bench())) {
            next();
        } else {
            branch.giveUp();
        }
    }

    /// The tables of a gathering cannot be made in a transaction that only reads.
    @Override
    public void failed(FanBranch branch, ErrorFields error) {
        boolean isForbidden = isInTransaction()
                && branch.equals(bench())
                && workbench().step() == Workbench.Step.CREATE
                && error.has(SqlState.READ_ONLY_SQL_TRANSACTION);
        super.failed(branch, isForbidden ? readOnly() : error);
    }

    private static ErrorFields readOnly() {
        return ErrorFields.error(
                        Severity.ERROR,
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "rows of several shards have to be gathered, and the transaction only reads")
                .withDetail("They would be gathered in temporary tables, which PostgreSQL does not make in it.")
                .withHint("Begin it READ WRITE, or send the statement outside of transactions.");
    }

    private void next() {
        switch (workbench().step()) {
            case DESCRIBE -> {
                bench().ask(workbench()::create);
                sources.forEach((shard, branch) -> branch.ask(backend -> askForParts(backend, shard)));
            }
            case CREATE, COPY -> gatherNext();
            case FINISH -> bench().ask(workbench()::run);
            case ANSWER -> giveUp();
        }
    }

    private void askForParts(Backend backend, int shard) {
        for (PlannedPart part : parts) {
            if (hasPart(part, shard)) {
                workbench().question().send(backend, part.part().query());
            }
        }
        workbench().question().end(backend);
    }

    static boolean hasPart(PlannedPart part, int shard) {
        return part.shards().stream().anyMatch(id -> id.index() == shard);
    }

    /// Begins with the next part of which shards other than that of the workbench have rows.
    private void gatherNext() {
        Workbench bench = workbench();
        while (bench.nextPart()) {
            PlannedPart part = parts.get(bench.part());
            part.shards().stream()
                    .filter(shard -> shard.index() != Shards.HOME)
                    .forEach(shard -> waiting.add(branchOf(shard.index())));
            if (!waiting.isEmpty()) {
                bench().ask(bench::copy);
                return;
            }
        }
        String finishing = bench.finishing(bytes);
        bench().ask(finishing.isEmpty() ? bench::run : backend -> bench.finish(backend, finishing));
    }

    private FanBranch branchOf(int shard) {
        FanBranch branch = sources.get(shard);
        if (branch == null) {
            throw new IllegalStateException("shard " + shard + " was not asked");
        }
        return branch;
    }

    /// The workbench waits for rows of the part.
    void copyBegun() {
        bench().add(workbench()::beginCopy);
        nextSource();
    }

    private void nextSource() {
        if (waiting.isEmpty()) {
            source = null;
            bench().add(workbench()::endCopy);
        } else {
            FanBranch branch = waiting.removeFirst();
            source = branch;
            branch.beginTurn();
        }
    }

    /// Takes what a shard answers.
    private final class Source implements FanBranch.Sink {
        private @Nullable FanBranch branch;

        /// How many parts it has yet to answer.
        private int left;

        Source(int parts) {
            left = parts;
        }

        @Override
        public boolean accept(byte tag, ByteBuf in, int at, int length) {
            if (tag == 'D') {
                bytes += length;
                if (bytes > bytesMax) {
                    fail(tooMuch());
                    return false;
                }
                in.setByte(at, 'd');
                return true;
            }
            if (tag == 'C') {
                left--;
                if (left > 0 && branch != null) {
                    branch.endTurn();
                }
                // What has been read of its rows has yet to be passed on.
                session().loop().execute(GatherFan.this::sourceIsDone);
            }
            return false;
        }

        @Override
        public void pass(ByteBuf in, int index, int length) {
            if (!hasFailed()) {
                bench().write(in, index, length);
            }
        }
    }

    /// A server that waits for rows of a copy does not look whether it has been canceled.
    @Override
    void stop() {
        if (workbench == null || workbench.step() != Workbench.Step.COPY || !bench().isBusy()) {
            return;
        }
        if (source != null && source.isMidMessage()) {
            bench().abandon();
        } else {
            bench().add(workbench::failCopy);
        }
    }

    private void sourceIsDone() {
        if (hasEnded() || hasFailed()) {
            return;
        }
        try {
            nextSource();
            bench().flush();
        } catch (RuntimeException problem) {
            // Nobody else would hear of it.
            fail(RouteErrors.bug(problem));
        }
    }

    private ErrorFields tooMuch() {
        return ErrorFields.error(
                        Severity.ERROR,
                        SqlState.PROGRAM_LIMIT_EXCEEDED,
                        "the statement needs more than " + bytesMax + " bytes of rows from several shards")
                .withHint("Give it conditions that leave fewer rows, or raise limits.gather-bytes-max.");
    }

    @Override
    public void batchReceived() {
        if (isWaiting()) {
            return;
        }
        bench().flush();
        session().writer().flush();
        writable(bench().isWritable());
    }

    @Override
    public void writable(boolean writable) {
        if (source != null) {
            source.read(writable);
        }
    }

    @Override
    boolean isMidMessage(FanBranch branch) {
        return workbench != null && workbench.isAnswering() && branch.equals(bench()) && branch.isMidMessage();
    }

    @Override
    public void read(boolean wanted) {
        if (workbench != null && workbench.isAnswering()) {
            bench().read(wanted);
        }
    }

    @Override
    void succeeded() {}
}
