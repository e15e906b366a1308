package dev.pgbraid.proxy.control.shard;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The row that a result stands at.
public final class Row {
    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    /// A text that is not NULL.
    public String text(String column) throws SQLException {
        return optionalText(column).orElseThrow(() -> new SQLException("column " + column + " is NULL"));
    }

    public Optional<String> optionalText(String column) throws SQLException {
        return Optional.ofNullable(result.getString(column));
    }

    /// The first letter of a text; the catalogs use them for kinds.
    public char letter(String column) throws SQLException {
        return text(column).charAt(0);
    }

    public boolean flag(String column) throws SQLException {
        return result.getBoolean(column);
    }

    /// A number, 0 where it is NULL.
    public int number(String column) throws SQLException {
        return (int) result.getLong(column);
    }

    /// A number, 0 where it is NULL.
    public long whole(String column) throws SQLException {
        return result.getLong(column);
    }

    /// An array of texts, of which none is NULL; empty where it is NULL itself.
    public List<String> texts(String column) throws SQLException {
        return elements(column).map(String::valueOf).toList();
    }

    /// An array of numbers, object identifiers among them; empty where it is NULL.
    public List<Integer> numbers(String column) throws SQLException {
        return elements(column).map(element -> ((Number) element).intValue()).toList();
    }

    private Stream<Object> elements(String column) throws SQLException {
        Array array = result.getArray(column);
        return array == null ? Stream.of() : Arrays.stream((Object[]) array.getArray());
    }
}
