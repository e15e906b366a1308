package dev.pgbraid.router.catalog;

import java.util.List;
import java.util.Locale;

/// One of the functions of a name.
///
/// @param argumentTypes the types of its input arguments
/// @param resultType the type of a result, or of each when it returns a set
/// @param outputs the names of its columns if it has `OUT` arguments or returns a table
/// @param language as `pg_language` has it: `internal`, `c`, `sql`, `plpgsql`
public record Function(
        ObjectName name,
        Kind kind,
        List<Integer> argumentTypes,
        int resultType,
        List<String> outputs,
        boolean returnsSet,
        Volatility volatility,
        String language) {

    public Function {
        argumentTypes = List.copyOf(argumentTypes);
        outputs = List.copyOf(outputs);
    }

    /// How a function is called.
    public enum Kind {
        FUNCTION,
        AGGREGATE,
        WINDOW,
        PROCEDURE
    }

    /// Whether its body is code that PostgreSQL's users write in the database, and can read any table.
    public boolean hasBody() {
        String lower = language.toLowerCase(Locale.ROOT);
        return !lower.equals("internal") && !lower.equals("c") && !name.isBuiltIn();
    }
}
