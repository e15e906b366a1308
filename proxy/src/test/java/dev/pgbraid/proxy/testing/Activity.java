package dev.pgbraid.proxy.testing;

/// What a server does in one database for everybody else, seen over a connection of its own.
public final class Activity implements AutoCloseable {
    private final WireClient direct;

    public Activity(Endpoint database) {
        this.direct = WireClient.login(database);
    }

    /// How many backends of clients there are.
    ///
    /// @param condition on `pg_stat_activity`
    public int count(String condition) {
        return Integer.parseInt(direct.value("SELECT count(*) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND backend_type = 'client backend'"
                + " AND pid <> pg_backend_pid() AND " + condition));
    }

    /// Returns when there are `count` such backends.
    public void await(int count, String condition) {
        Eventually.isTrue(count + " backends with " + condition, () -> count(condition) == count);
    }

    /// The connection, for statements that are not to go through a proxy.
    public WireClient direct() {
        return direct;
    }

    @Override
    public void close() {
        direct.close();
    }
}
