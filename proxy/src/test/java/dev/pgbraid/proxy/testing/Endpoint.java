package dev.pgbraid.proxy.testing;

import dev.pgbraid.proxy.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/// Where to connect and as whom.
public record Endpoint(String host, int port, String user, String password, String database) {

    /// The maintenance database of a server, as its superuser.
    public static Endpoint of(PostgresServer server) {
        return new Endpoint(server.host(), server.port(), server.user(), server.password(), "postgres");
    }

    public Endpoint at(String otherHost, int otherPort) {
        return new Endpoint(otherHost, otherPort, user, password, database);
    }

    public Endpoint withUser(String otherUser, String otherPassword) {
        return new Endpoint(host, port, otherUser, otherPassword, database);
    }

    public Endpoint withDatabase(String otherDatabase) {
        return new Endpoint(host, port, user, password, otherDatabase);
    }

    /// A connection by pgjdbc.
    public Connection jdbc() throws SQLException {
        return jdbc(Map.of());
    }

    /// A connection by pgjdbc.
    ///
    /// @param options as the driver's documentation names them
    public Connection jdbc(Map<String, String> options) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.putAll(options);
        return DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/" + database, properties);
    }
}
