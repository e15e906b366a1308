package dev.pgbraid.router.binding;

import dev.pgbraid.router.binding.Effects.Effect;
import dev.pgbraid.router.catalog.Operator;
import dev.pgbraid.router.catalog.Volatility;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.FromItem;
import dev.pgbraid.router.tree.Node;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Binds the expressions of one scope: what a column is, which queries are inside, and which effects there are.
final class Expressions {
    private static final Set<String> SYSTEM_COLUMNS = Set.of("tableoid", "ctid", "xmin", "xmax", "cmin", "cmax");
    /// Types whose values are numbers of objects or transactions of one server.
    private static final Set<String> SERVER_TYPES = Set.of(
            "regclass",
            "regcollation",
            "regconfig",
            "regdictionary",
            "regnamespace",
            "regoper",
            "regoperator",
            "regproc",
            "regprocedure",
            "regrole",
            "regtype",
            "xid",
            "xid8",
            "pg_snapshot",
            "txid_snapshot");

    private final Bindings bindings;
    private final Text text;
    private final Scope scope;
    private final Terms terms;
    private final Calls calls;
    private final TimeReadings times;
    private final List<BoundQuery> subqueries = new ArrayList<>();
    private final List<List<Operand>> windows = new ArrayList<>();
    private final Set<Query> bound = Collections.newSetFromMap(new IdentityHashMap<>());
    private Map<String, Window.Definition> named = Map.of();
    private boolean isOrderless = true;

    Expressions(Bindings bindings, Text text, Scope scope) {
        this.bindings = bindings;
        this.text = text;
        this.scope = scope;
        this.terms = new Terms(bindings, text);
        this.calls = new Calls(bindings, text);
        this.times = new TimeReadings(bindings, text, this, calls);
    }

    /// What `OVER name` can mean from now on.
    void useWindows(Map<String, Window.Definition> definitions) {
        named = definitions;
    }

    Scope scope() {
        return scope;
    }

    Terms terms() {
        return terms;
    }

    /// The queries in the expressions so far, and none of them again.
    List<BoundQuery> takeSubqueries() {
        List<BoundQuery> taken = List.copyOf(subqueries);
        subqueries.clear();
        return taken;
    }

    List<List<Operand>> windows() {
        return windows;
    }

    boolean isOrderless() {
        return isOrderless;
    }

    /// What an expression is.
    Operand operand(Expression expression) {
        return switch (expression) {
            case Expression.Column column -> resolve(column.name());
            case Expression.Cast cast -> cast(cast);
            default -> constant(expression);
        };
    }

    private Operand constant(Expression expression) {
        return terms.of(expression).<Operand>map(Operand.Constant::new).orElse(Operand.OPAQUE);
    }

    /// A conversion between `text` and `varchar` changes nothing.
    private Operand cast(Expression.Cast cast) {
        boolean isText = terms.type(cast.type())
                .filter(type -> !cast.type().array())
                .filter(type -> type == KeyType.TEXT || type == KeyType.VARCHAR)
                .isPresent();
        if (isText
                && operand(cast.operand()) instanceof Operand.Of(Variable variable)
                && variable.type().sharesKeysWith(KeyType.TEXT)) {
            return new Operand.Of(variable);
        }
        return constant(cast);
    }

    /// The column that a name means, of this scope or of one around it.
    Operand resolve(List<String> name) {
        Optional<Scope> place = Optional.of(scope);
        while (place.isPresent()) {
            Optional<Operand> found = find(place.get().names(), name);
            if (found.isPresent()) {
                return found.get();
            }
            place = place.get().outer();
        }
        return Operand.OPAQUE;
    }

    /// The column that a name means in one scope; opaque when it may be there and is not known.
    static Optional<Operand> find(Namespace names, List<String> name) {
        String column = name.getLast();
        if (name.size() == 1) {
            return only(Namespace.named(names.columns(), column), names.isOpen());
        }
        String table = name.get(name.size() - 2);
        List<Namespace.Table> tables = names.tables().stream()
                .filter(one -> one.name().equals(table))
                .filter(one -> name.size() == 2 || one.schema().equals(Optional.of(name.get(name.size() - 3))))
                .toList();
        if (tables.isEmpty()) {
            return Optional.empty();
        }
        return tables.size() > 1
                ? Optional.of(Operand.OPAQUE)
                : only(Namespace.named(tables.getFirst().columns(), column), true);
    }

    private static Optional<Operand> only(List<NamedColumn> found, boolean isOpen) {
        return switch (found.size()) {
            case 0 -> isOpen ? Optional.of(Operand.OPAQUE) : Optional.empty();
            case 1 -> Optional.of(found.getFirst().operand());
            default -> Optional.of(Operand.OPAQUE);
        };
    }

    /// Notes the effects of an expression and binds the queries in it.
    void scan(Node node) {
        note(node);
        times.note(node);
        for (Node child : node.children()) {
            switch (child) {
                case Query query -> bind(query);
                case FromItem _ -> throw new IllegalArgumentException("no expression: " + child);
                default -> scan(child);
            }
        }
    }

    void scanAll(List<? extends Node> nodes) {
        nodes.forEach(this::scan);
    }

    /// Notes the effects of the columns that functions are said to have.
    void noteColumns(List<Expression.Type> types) {
        times.noteColumns(types);
    }

    /// Leaves out a query that is bound elsewhere.
    void skip(Query query) {
        bound.add(query);
    }

    private void bind(Query query) {
        if (bound.add(query)) {
            subqueries.add(new Queries(bindings, text).bind(query, scope));
        }
    }

    private void note(Node node) {
        switch (node) {
            case Expression.Column column -> noteColumn(column.name());
            case Expression.Call call -> noteCall(call);
            case Expression.Cast cast -> noteType(cast.type());
            case Expression.Binary binary -> noteOperator(binary.operator());
            case Expression.Prefix prefix -> noteOperator(prefix.operator());
            case Expression.QuantifiedArray quantified -> noteOperator(quantified.operator());
            case Expression.QuantifiedQuery quantified -> noteOperator(quantified.operator());
            case Expression.Field field -> noteAttribute(field.name());
            case Expression.Other other -> noteOther(other.construct());
            default -> {}
        }
    }

    private void noteColumn(List<String> name) {
        boolean isKnown = false;
        boolean canBe = false;
        for (Optional<Scope> place = Optional.of(scope);
                place.isPresent();
                place = place.get().outer()) {
            Namespace names = place.get().names();
            isKnown |= isThere(names, name);
            canBe |= names.isOpen();
        }
        if (!isKnown && SYSTEM_COLUMNS.contains(name.getLast())) {
            bindings.effects().add(Effect.SYSTEM_COLUMN, name.getLast());
        } else if (!isKnown && !canBe && name.size() > 1) {
            noteAttribute(name.getLast());
        }
    }

    private static boolean isThere(Namespace names, List<String> name) {
        if (name.size() == 1) {
            return !Namespace.named(names.columns(), name.getLast()).isEmpty();
        }
        return names.tables().stream()
                .filter(table -> table.name().equals(name.get(name.size() - 2)))
                .anyMatch(table ->
                        !Namespace.named(table.columns(), name.getLast()).isEmpty());
    }

    /// `a.b` can be the function `b` of the row `a`.
    private void noteAttribute(String name) {
        calls.candidates(List.of(name)).stream()
                .filter(function -> !function.name().isBuiltIn())
                .findFirst()
                .ifPresent(_ -> calls.noteUnknown(name));
    }

    private void noteType(Expression.Type type) {
        String name = type.name().getLast();
        if (SERVER_TYPES.contains(name)) {
            bindings.effects().add(Effect.SERVER, "type " + name);
        }
    }

    private void noteOther(String construct) {
        if (Calls.isClock(construct)) {
            bindings.effects().add(Effect.CLOCK, construct);
        } else if (construct.equals("current_catalog")) {
            bindings.effects().add(Effect.SERVER, construct);
        }
    }

    private void noteOperator(Expression.Operator operator) {
        for (Operator user : bindings.catalog().operators(operator.name())) {
            boolean isVisible = operator.schema()
                    .map(user.name().schema()::equals)
                    .orElseGet(() -> text.path().schemas().contains(user.name().schema()));
            if (isVisible && user.volatility() != Volatility.IMMUTABLE) {
                calls.noteUnknown("operator " + operator.name());
            }
        }
    }

    private void noteCall(Expression.Call call) {
        calls.note(call);
        if (call.over().isPresent()) {
            windows.add(partition(call.over().get()));
        } else if (calls.isAggregate(call)) {
            isOrderless &= Calls.isOrderless(call) || sumsIntegers(call);
            markAggregated(call);
        }
    }

    /// Sums of integers do not depend on the order; those of floating point numbers do.
    private boolean sumsIntegers(Expression.Call call) {
        String name = call.name().getLast();
        return (name.equals("sum") || name.equals("avg"))
                && call.arguments().size() == 1
                && operand(call.arguments().getFirst().value()) instanceof Operand.Of(Variable variable)
                && (variable.type().sharesKeysWith(KeyType.BIGINT) || variable.type() == KeyType.NUMERIC);
    }

    /// An aggregate belongs to the innermost scope that its arguments name, which need not be this one.
    private void markAggregated(Expression.Call call) {
        scope.aggregate();
        if (!isLocal(call)) {
            for (Optional<Scope> place = scope.outer();
                    place.isPresent();
                    place = place.get().outer()) {
                place.get().aggregate();
            }
        }
    }

    /// Whether all columns in an expression are of this scope.
    private boolean isLocal(Node node) {
        boolean isHere = !(node instanceof Expression.Column column)
                || find(scope.names(), column.name()).isPresent();
        return isHere && node.children().stream().allMatch(this::isLocal);
    }

    private List<Operand> partition(Window window) {
        return switch (window) {
            case Window.Named(var _, String name) -> partition(named, name);
            case Window.Inline(var _, Window.Definition definition) -> partition(definition);
        };
    }

    private List<Operand> partition(Map<String, Window.Definition> definitions, String name) {
        Window.Definition definition = definitions.get(name);
        return definition == null ? List.of() : partition(definition);
    }

    private List<Operand> partition(Window.Definition definition) {
        if (definition.partitionBy().isEmpty() && definition.base().isPresent()) {
            return partition(named, definition.base().get());
        }
        return definition.partitionBy().stream().map(this::operand).toList();
    }
}
