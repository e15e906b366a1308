package dev.pgbraid.proxy.session;

/// What a backend, or the proxy in its place, owes for one message that was sent.
public enum Response {
    /// A simple query: anything, then ReadyForQuery.
    QUERY(Group.SIMPLE, true),
    /// A function call: its result or an error, then ReadyForQuery.
    FUNCTION_CALL(Group.SIMPLE, true),
    /// ReadyForQuery, perhaps after an error of the commit.
    SYNC(Group.SYNC, true),
    /// ParseComplete.
    PARSE(Group.EXTENDED, true),
    /// BindComplete.
    BIND(Group.EXTENDED, true),
    /// RowDescription or NoData, after ParameterDescription if a statement was described.
    DESCRIBE(Group.EXTENDED, true),
    /// Rows or copy data, then CommandComplete, EmptyQueryResponse or PortalSuspended.
    EXECUTE(Group.EXTENDED, true),
    /// CloseComplete.
    CLOSE(Group.EXTENDED, true),

    /// ParseComplete that the proxy owes: the backend has the statement already.
    PARSE_FROM_PROXY(Group.PROXY, true),
    /// CloseComplete that the proxy owes: backends keep their statements.
    CLOSE_FROM_PROXY(Group.PROXY, true),
    /// CommandComplete that the proxy owes: backends know what SQL prepares as they know other statements.
    PREPARE_FROM_PROXY(Group.PROXY, true),

    /// ParseComplete for a statement that the proxy prepared on its own account.
    PARSE_FOR_PROXY(Group.EXTENDED, false),
    /// What the proxy wants to know of a statement.
    DESCRIBE_FOR_PROXY(Group.EXTENDED, false),
    /// CloseComplete for a statement that the proxy closed on its own account.
    CLOSE_FOR_PROXY(Group.EXTENDED, false),
    /// ReadyForQuery for a Sync of the proxy.
    SYNC_FOR_PROXY(Group.SYNC, false),
    /// The answers to a simple query of the proxy.
    QUERY_FOR_PROXY(Group.SIMPLE, false),
    /// The answers to a [Question].
    QUESTION(Group.SIMPLE, false),

    /// Nothing: marks where the client ended a copy.
    COPY_END(Group.SILENT, false);

    enum Group {
        /// Ends with ReadyForQuery, errors included.
        SIMPLE,
        /// An error skips everything up to the next Sync.
        EXTENDED,
        SYNC,
        PROXY,
        SILENT
    }

    private final Group group;
    private final boolean forClient;

    Response(Group group, boolean forClient) {
        this.group = group;
        this.forClient = forClient;
    }

    Group group() {
        return group;
    }

    /// Whether the answer is ReadyForQuery for the client.
    boolean endsClientBatch() {
        return forClient && (group == Group.SIMPLE || group == Group.SYNC);
    }

    /// Whether the client sees the answer.
    public boolean isForClient() {
        return forClient;
    }

    /// Whether this is an answer that a message of type `tag` can be a part of.
    boolean admits(byte tag) {
        return switch (tag) {
            case 'D' -> group == Group.SIMPLE || this == EXECUTE;
            case 'd', 'c', 'G', 'H' -> this == EXECUTE || this == QUERY;
            case 'C', 'I' -> this == EXECUTE || isQuery();
            case 'T' -> isDescribe() || isQuery();
            case 'Z' -> group == Group.SIMPLE || group == Group.SYNC;
            case 'E' -> group != Group.PROXY && group != Group.SILENT;
            case '1' -> this == PARSE || this == PARSE_FOR_PROXY;
            case '2' -> this == BIND;
            case '3' -> this == CLOSE || this == CLOSE_FOR_PROXY;
            case 't', 'n' -> isDescribe();
            case 's' -> this == EXECUTE;
            case 'V' -> this == FUNCTION_CALL;
            default -> false;
        };
    }

    private boolean isDescribe() {
        return this == DESCRIBE || this == DESCRIBE_FOR_PROXY;
    }

    private boolean isQuery() {
        return this == QUERY || this == QUERY_FOR_PROXY || this == QUESTION;
    }

    /// Whether a message of type `tag` is the last of this answer.
    boolean endsWith(byte tag) {
        return switch (tag) {
            case 'Z', '1', '2', '3', 'n', 's' -> true;
            case 'T' -> isDescribe();
            case 'C', 'I' -> this == EXECUTE;
            default -> false;
        };
    }
}
