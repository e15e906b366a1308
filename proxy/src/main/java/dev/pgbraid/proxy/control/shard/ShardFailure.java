package dev.pgbraid.proxy.control.shard;

import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// A shard could not be reached, or could not do what it was asked. The message begins with its name.
public final class ShardFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final String sqlState;

    private ShardFailure(String message, String sqlState, SQLException cause) {
        super(message, cause);
        this.sqlState = sqlState;
    }

    static ShardFailure of(String shard, SQLException failure) {
        SQLException first = firstOf(failure);
        String state = Optional.ofNullable(first.getSQLState()).orElse("XX000");
        return new ShardFailure(shard + ": " + words(first), state, failure);
    }

    /// What HikariCP says is only that it waited in vain; what it waited for stands behind that.
    private static SQLException firstOf(SQLException failure) {
        SQLException first = failure;
        while (first.getCause() instanceof SQLException cause) {
            first = cause;
        }
        return first;
    }

    private static String words(SQLException failure) {
        return Optional.of(failure)
                .filter(PSQLException.class::isInstance)
                .map(PSQLException.class::cast)
                .map(PSQLException::getServerErrorMessage)
                .map(ServerErrorMessage::getMessage)
                .or(() -> Optional.ofNullable(failure.getMessage()))
                .orElse("failed");
    }

    public String sqlState() {
        return sqlState;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
