package dev.pgbraid.proxy.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.proxy.testing.Endpoint;
import dev.pgbraid.proxy.testing.PostgresCluster;
import dev.pgbraid.proxy.testing.ProxyFixture;
import dev.pgbraid.proxy.testing.WireClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// COPY by the PostgreSQL driver for Java, both ways, while others wait for the same backend.
class PgJdbcCopyIT {
    private static final int ROWS = 1_000_000;
    private static final String COPY_IN = "COPY item FROM STDIN";

    private final Endpoint database = PostgresCluster.shared().freshDatabase();

    @Test
    void aMillionRowsAreCopiedInAndOut() throws Exception {
        try (ProxyFixture proxy = proxyForItems();
                Connection connection = connect(proxy);
                Connection other = connect(proxy)) {
            CopyManager copy = copyOf(connection);
            assertThat(copy.copyIn(COPY_IN, new Lines(ROWS))).isEqualTo(ROWS);
            WireClient checking = proxy.login();
            String sums = "SELECT format('%s %s %s', count(*), sum(hashint4(number)), sum(hashtext(name))) FROM ";
            String expected =
                    "generate_series(0, " + (ROWS - 1) + ") AS number, LATERAL (SELECT 'item ' || number) x(name)";
            assertThat(checking.value(sums + "item")).isEqualTo(checking.value(sums + expected));

            LineCheck check = new LineCheck();
            assertThat(copyOf(other).copyOut("COPY (SELECT * FROM item ORDER BY number) TO STDOUT", check))
                    .isEqualTo(ROWS);
            check.assertAll(ROWS);
        }
    }

    @Test
    void aCopyThatFailsLeavesNothingBehind() throws Exception {
        try (ProxyFixture proxy = proxyForItems();
                Connection connection = connect(proxy);
                Connection other = connect(proxy)) {
            byte[] bad = ("1\tgood\nbad\n" + "2\tlate\n".repeat(100_000)).getBytes(StandardCharsets.US_ASCII);
            for (int round = 0; round < 3; round++) {
                assertThatThrownBy(() -> copyOf(connection).copyIn(COPY_IN, new ByteArrayInputStream(bad)))
                        .hasMessageContaining("invalid input syntax");
                assertThat(copyOf(other).copyIn(COPY_IN, new Lines(10))).isEqualTo(10);
            }
            assertThat(proxy.login().value("SELECT count(*) FROM item")).isEqualTo("30");
        }
    }

    private ProxyFixture proxyForItems() {
        try (WireClient direct = WireClient.login(database)) {
            direct.query("CREATE TABLE item (number int, name text)");
        }
        return ProxyFixture.before(database).set("pools.size-max", 1).start();
    }

    /// The driver sends SET after the login, which ties a session to a backend, unless it knows the server's version.
    private static Connection connect(ProxyFixture proxy) throws SQLException {
        return proxy.endpoint().jdbc(Map.of("assumeMinServerVersion", "15"));
    }

    private static CopyManager copyOf(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private static byte[] line(int number) {
        return (number + "\titem " + number + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// The rows of a table as the text format of COPY has them.
    private static final class Lines extends InputStream {
        private final int count;
        private int number;
        private byte[] line = new byte[0];
        private int at;

        Lines(int count) {
            this.count = count;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("bytes are read in pieces");
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (at == line.length) {
                if (number == count) {
                    return -1;
                }
                line = line(number++);
                at = 0;
            }
            int given = Math.min(length, line.length - at);
            System.arraycopy(line, at, into, offset, given);
            at += given;
            return given;
        }
    }

    /// Compares each row that is copied out with the one that was copied in.
    private static final class LineCheck extends OutputStream {
        private int number;

        @Override
        public void write(int single) throws IOException {
            throw new IOException("rows are written whole");
        }

        @Override
        public void write(byte[] row) throws IOException {
            if (!Arrays.equals(row, line(number))) {
                throw new IOException("row " + number + " is " + new String(row, StandardCharsets.UTF_8));
            }
            number++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            write(Arrays.copyOfRange(bytes, offset, offset + length));
        }

        void assertAll(int count) {
            assertThat(number).isEqualTo(count);
        }
    }
}
