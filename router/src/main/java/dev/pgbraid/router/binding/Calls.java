package dev.pgbraid.router.binding;

import dev.pgbraid.router.binding.Effects.Effect;
import dev.pgbraid.router.catalog.Function;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.Volatility;
import dev.pgbraid.router.tree.Expression;
import java.util.List;
import java.util.Set;

/// What calls of functions do and depend on. All functions that a name can mean count together.
final class Calls {
    /// Volatile functions that neither read nor change anything on a server.
    private static final Set<String> STATELESS = Set.of(
            "random",
            "random_normal",
            "gen_random_uuid",
            "uuidv4",
            "uuidv7",
            "clock_timestamp",
            "timeofday",
            "pg_sleep",
            "pg_sleep_for",
            "pg_sleep_until");

    /// Stable functions whose names begin like those that look into a server, but which do not.
    private static final Set<String> HARMLESS =
            Set.of("pg_typeof", "pg_column_size", "pg_size_pretty", "pg_size_bytes", "pg_client_encoding");

    private static final Set<String> CLOCKS = Set.of(
            "now",
            "transaction_timestamp",
            "statement_timestamp",
            "current_date",
            "current_time",
            "current_timestamp",
            "localtime",
            "localtimestamp");

    /// Stable functions that look into a server.
    private static final Set<String> LOOKING = Set.of(
            "version",
            "current_database",
            "current_query",
            "format_type",
            "obj_description",
            "col_description",
            "shobj_description",
            "row_security_active",
            "to_regclass",
            "to_regcollation",
            "to_regnamespace",
            "to_regoper",
            "to_regoperator",
            "to_regproc",
            "to_regprocedure",
            "to_regrole",
            "to_regtype",
            "mxid_age",
            "table_to_xml",
            "table_to_xmlschema",
            "table_to_xml_and_xmlschema",
            "schema_to_xml",
            "schema_to_xmlschema",
            "schema_to_xml_and_xmlschema",
            "database_to_xml",
            "database_to_xmlschema",
            "database_to_xml_and_xmlschema");

    /// Aggregates that give the same in any order of their rows.
    private static final Set<String> ORDERLESS =
            Set.of("count", "min", "max", "bool_and", "bool_or", "every", "bit_and", "bit_or", "bit_xor");

    private final Bindings bindings;
    private final Text text;

    Calls(Bindings bindings, Text text) {
        this.bindings = bindings;
        this.text = text;
    }

    List<Function> candidates(List<String> name) {
        return name.size() == 1
                ? bindings.catalog().functions(name.getFirst(), text.path())
                : bindings.catalog().functions(new ObjectName(name.get(name.size() - 2), name.getLast()));
    }

    boolean isAggregate(Expression.Call call) {
        return call.over().isEmpty()
                && candidates(call.name()).stream().anyMatch(one -> one.kind() == Function.Kind.AGGREGATE);
    }

    /// Whether a function, or what looks like one, tells when the transaction began.
    static boolean isClock(String name) {
        return CLOCKS.contains(name);
    }

    static boolean isOrderless(Expression.Call call) {
        return ORDERLESS.contains(call.name().getLast());
    }

    void note(Expression.Call call) {
        String name = call.name().getLast();
        if (SequenceCalls.isOne(name)) {
            new SequenceCalls(bindings, text).note(call);
            return;
        }
        List<Function> candidates = candidates(call.name());
        if (candidates.isEmpty()) {
            noteUnknown(name);
        }
        for (Function function : candidates) {
            if (function.name().isBuiltIn()) {
                noteBuiltIn(function, call);
            } else {
                noteUserDefined(function);
            }
        }
    }

    /// A function that is not in the catalog: PostgreSQL knows it, or will refuse it.
    void noteUnknown(String name) {
        Effects effects = bindings.effects();
        effects.add(Effect.USER_CODE, name);
        effects.add(Effect.USER_WRITE, name);
        effects.add(Effect.VOLATILE, name);
    }

    private void noteBuiltIn(Function function, Expression.Call call) {
        String name = function.name().name();
        Effects effects = bindings.effects();
        switch (function.volatility()) {
            case IMMUTABLE -> {}
            case STABLE -> {
                boolean isClock =
                        isClock(name) || (name.equals("age") && call.arguments().size() == 1);
                if (isClock) {
                    effects.add(Effect.CLOCK, name);
                } else if (isLooking(name)) {
                    effects.add(Effect.SERVER, name);
                }
            }
            case VOLATILE -> {
                effects.add(Effect.VOLATILE, name);
                if (!STATELESS.contains(name)) {
                    effects.add(Effect.SERVER, name);
                }
            }
        }
    }

    private static boolean isLooking(String name) {
        return LOOKING.contains(name)
                || (name.startsWith("has_") && name.endsWith("_privilege"))
                || name.startsWith("inet_")
                || name.startsWith("txid_")
                || (name.startsWith("pg_") && !HARMLESS.contains(name));
    }

    private void noteUserDefined(Function function) {
        String name = function.name().name();
        if (function.volatility() == Volatility.IMMUTABLE) {
            return;
        }
        bindings.effects().add(Effect.USER_CODE, name);
        if (function.hasBody()) {
            bindings.effects().add(Effect.HIDDEN_CODE, name);
        }
        if (function.volatility() == Volatility.VOLATILE) {
            bindings.effects().add(Effect.USER_WRITE, name);
            bindings.effects().add(Effect.VOLATILE, name);
        }
    }
}
