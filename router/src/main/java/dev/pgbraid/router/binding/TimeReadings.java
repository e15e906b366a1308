package dev.pgbraid.router.binding;

import dev.pgbraid.router.binding.Effects.Effect;
import dev.pgbraid.router.catalog.DataType;
import dev.pgbraid.router.catalog.Function;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.Node;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds what PostgreSQL may read as a time: strings of a statement, which can be `'now'`, and texts that are computed
/// or stored, of which nothing is known.
final class TimeReadings {
    /// The types that read texts as times, and `timetz`, which looks at today's time zone for any text.
    private static final Set<String> TIMES = Set.of(
            "date",
            "time",
            "timetz",
            "timestamp",
            "timestamptz",
            "daterange",
            "datemultirange",
            "tsrange",
            "tsmultirange",
            "tstzrange",
            "tstzmultirange",
            "record");

    /// Functions that read texts as values of the types that their calls name.
    private static final Set<String> READERS = Set.of(
            "json_populate_record",
            "json_populate_recordset",
            "jsonb_populate_record",
            "jsonb_populate_recordset",
            "array_in",
            "date_in",
            "domain_in",
            "multirange_in",
            "range_in",
            "record_in",
            "time_in",
            "timestamp_in",
            "timestamptz_in",
            "timetz_in");

    /// Functions that give a value of a type that an argument has.
    private static final Set<String> PASSING = Set.of(
            "any_value", "array_agg", "first_value", "lag", "last_value", "lead", "max", "min", "nth_value", "unnest");

    private static final Set<String> TEXTS = Set.of("text", "varchar", "bpchar", "char", "name", "cstring");

    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*", "/", "=", "<>", "<", "<=", ">", ">=");

    private final Bindings bindings;
    private final Text text;
    private final Expressions expressions;
    private final Calls calls;
    private final UserOperators operators;
    /// Strings and parameters that are read as something else than a time.
    private final Set<Expression> plain = Collections.newSetFromMap(new IdentityHashMap<>());

    TimeReadings(Bindings bindings, Text text, Expressions expressions, Calls calls) {
        this.bindings = bindings;
        this.text = text;
        this.expressions = expressions;
        this.calls = calls;
        this.operators = new UserOperators(bindings, text);
    }

    /// Takes note of an expression before those inside of it.
    void note(Node node) {
        switch (node) {
            case Expression.Literal literal -> literal(literal);
            case Expression.Parameter parameter -> {
                if (text.isStatement() && !plain.contains(parameter)) {
                    bindings.timeParameters().add(parameter.number());
                }
            }
            case Expression.Cast cast -> cast(cast);
            case Expression.Call call -> call(call);
            case Expression.Binary(var _, Expression.Operator operator, Expression left, Expression right) ->
                together(operator.name(), List.of(left, right));
            case Expression.DistinctFrom(var _, Expression left, Expression right, boolean _) ->
                together("=", List.of(left, right));
            case Expression.QuantifiedArray(
                    var _,
                    Expression left,
                    Expression.Operator operator,
                    var _,
                    Expression array) -> together(operator.name(), List.of(left, array));
            case Expression.Between between ->
                together("<=", List.of(between.operand(), between.low(), between.high()));
            case Expression.InList list ->
                together(
                        "=",
                        Stream.concat(Stream.of(list.operand()), list.values().stream())
                                .toList());
            case Expression.Like like -> {
                plain.add(like.operand());
                plain.add(like.pattern());
                like.escape().ifPresent(plain::add);
            }
            default -> {}
        }
    }

    private void literal(Expression.Literal literal) {
        if (!text.tokens().kind(literal.token()).isString() || plain.contains(literal)) {
            return;
        }
        if (text.isStatement()) {
            bindings.timeLiterals().add(literal.token());
        } else {
            String value = text.tokens().string(literal.token());
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            if (TimeWords.areIn(bytes, 0, bytes.length)) {
                bindings.effects().add(Effect.CLOCK, "'" + value + "'");
            }
        }
    }

    /// A string beside a text is a text.
    private void together(String operator, List<Expression> operands) {
        if (operands.stream().anyMatch(this::isText) && operators.isBuiltIn(operator, KeyType.TEXT)) {
            plain.addAll(operands);
        }
    }

    private boolean isText(Expression expression) {
        return switch (expression) {
            case Expression.Column _ ->
                expressions.operand(expression) instanceof Operand.Of(Variable variable) && isText(variable);
            case Expression.Cast cast ->
                expressions
                        .terms()
                        .type(cast.type())
                        .filter(type -> !cast.type().array() && type.sharesKeysWith(KeyType.TEXT))
                        .isPresent();
            default -> false;
        };
    }

    private static boolean isText(Variable variable) {
        return variable.type().sharesKeysWith(KeyType.TEXT) || variable.type() == KeyType.CHARACTER;
    }

    private void cast(Expression.Cast cast) {
        if (!isTime(cast.type())) {
            plain.add(cast.operand());
        } else if (isComputed(cast.operand()) && mayBeText(cast.operand())) {
            computed(cast.type().name().getLast());
        }
    }

    private static boolean isComputed(Expression expression) {
        return !(expression instanceof Expression.Literal) && !(expression instanceof Expression.Parameter);
    }

    /// `date(x)` is `x::date`.
    private void call(Expression.Call call) {
        String name = call.name().getLast();
        List<Expression> computed = call.arguments().stream()
                .map(Expression.Argument::value)
                .filter(TimeReadings::isComputed)
                .toList();
        boolean reads = READERS.contains(name)
                ? !computed.isEmpty()
                : TIMES.contains(name) && computed.stream().anyMatch(this::mayBeText);
        if (reads) {
            computed(name);
        }
    }

    private void computed(String type) {
        bindings.effects().add(Effect.CLOCK, "a text that is read as " + type);
    }

    /// Takes note of the columns of a function, whose values can be read from texts.
    void noteColumns(List<Expression.Type> types) {
        types.stream()
                .filter(this::isTime)
                .findFirst()
                .ifPresent(type -> computed(type.name().getLast()));
    }

    /// Whether texts that become values of a type are read as times, as far as is known.
    private boolean isTime(Expression.Type type) {
        List<String> name = type.name();
        boolean isBuiltIn = name.size() == 1
                ? text.path().beginsWithCatalog() && isKnown(ObjectName.builtIn(name.getFirst()))
                : name.get(name.size() - 2).equals(ObjectName.CATALOG_SCHEMA);
        if (isBuiltIn) {
            return TIMES.contains(name.getLast());
        }
        Optional<DataType> found = name.size() > 1
                ? bindings.catalog().type(new ObjectName(name.get(name.size() - 2), name.getLast()))
                : text.path().schemas().stream()
                        .flatMap(schema -> bindings.catalog().type(new ObjectName(schema, name.getFirst())).stream())
                        .findFirst();
        return found.map(this::isTime).orElse(true);
    }

    private boolean isKnown(ObjectName name) {
        return bindings.catalog().type(name).isPresent();
    }

    private boolean isTime(DataType type) {
        return switch (type.kind()) {
            case ENUM -> false;
            case DOMAIN ->
                bindings.catalog().type(type.base()).map(this::isTime).orElse(true);
            case BASE, ARRAY, RANGE, COMPOSITE, PSEUDO ->
                !type.isBuiltIn() || TIMES.contains(type.name().name());
        };
    }

    /// Whether the value of an expression may be a text that is not written in the statement.
    private boolean mayBeText(Expression expression) {
        return switch (expression) {
            case Expression.Literal _, Expression.Parameter _ -> false;
            case Expression.Column column -> mayBeText(expressions.operand(column));
            case Expression.Cast cast -> TEXTS.contains(cast.type().name().getLast()) || isUnknown(cast);
            case Expression.Binary binary ->
                !ARITHMETIC.contains(binary.operator().name())
                        || !bindings.catalog()
                                .operators(binary.operator().name())
                                .isEmpty();
            case Expression.Conditional conditional ->
                conditional.arguments().stream().anyMatch(this::mayBeText);
            case Expression.Case of ->
                Stream.concat(of.whens().stream().map(Expression.When::result), of.otherwise().stream())
                        .anyMatch(this::mayBeText);
            case Expression.Call call -> mayBeText(call);
            case Expression.Other other ->
                !Calls.isClock(other.construct()) && !other.construct().equals("at time zone");
            default -> true;
        };
    }

    private boolean isUnknown(Expression.Cast cast) {
        return cast.type().name().size() > 1
                || !isKnown(ObjectName.builtIn(cast.type().name().getFirst()));
    }

    private static boolean mayBeText(Operand operand) {
        return switch (operand) {
            case Operand.Of(Variable variable) -> isText(variable);
            case Operand.Constant _ -> true;
            case Operand.Opaque(boolean mayBeText) -> mayBeText;
        };
    }

    private boolean mayBeText(Expression.Call call) {
        if (PASSING.contains(call.name().getLast())) {
            return call.arguments().stream().anyMatch(argument -> mayBeText(argument.value()));
        }
        List<Function> candidates = calls.candidates(call.name());
        return candidates.isEmpty()
                || candidates.stream()
                        .anyMatch(one ->
                                !one.name().isBuiltIn() || bindings.catalog().mayBeText(one.resultType()));
    }
}
