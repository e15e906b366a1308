package dev.pgbraid.router.binding;

import dev.pgbraid.router.binding.Predicate.Side;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds what a condition says of columns when it is true.
final class Conditions {
    private final Bindings bindings;
    private final Text text;
    private final Expressions expressions;
    private final UserOperators operators;
    private final boolean hasSemijoins;
    private final List<Predicate> predicates = new ArrayList<>();
    private final List<Item.Derived> semijoins = new ArrayList<>();

    /// @param hasSemijoins whether `IN` with a query is one; if not it is a query like others
    Conditions(Bindings bindings, Text text, Expressions expressions, boolean hasSemijoins) {
        this.bindings = bindings;
        this.text = text;
        this.expressions = expressions;
        this.operators = new UserOperators(bindings, text);
        this.hasSemijoins = hasSemijoins;
    }

    List<Predicate> predicates() {
        return predicates;
    }

    List<Item.Derived> semijoins() {
        return semijoins;
    }

    /// Takes a condition that must be true.
    void require(Expression condition) {
        switch (condition) {
            case Expression.And and -> and.operands().forEach(this::require);
            case Expression.Is(var _, Expression operand, Expression.Property property, boolean negated)
            when property == Expression.Property.TRUE && !negated -> require(operand);
            case Expression.InQuery(var _, Expression operand, Query query, boolean negated)
            when !negated && hasSemijoins -> semijoin(operand, query);
            case Expression.QuantifiedQuery(var _, Expression left, var operator, var quantifier, Query query)
            when quantifier == Expression.Quantifier.ANY && isEquals(operator) && hasSemijoins -> semijoin(left, query);
            case Expression.Or or -> alternatives(or);
            default -> predicates.addAll(simple(condition));
        }
    }

    private boolean isEquals(Expression.Operator operator) {
        return operator.name().equals("=") && isInCatalog(operator);
    }

    private static boolean isInCatalog(Expression.Operator operator) {
        return operator.schema().map(ObjectName.CATALOG_SCHEMA::equals).orElse(true);
    }

    /// What a condition without other ones inside says.
    private List<Predicate> simple(Expression condition) {
        return switch (condition) {
            case Expression.Binary binary when isInCatalog(binary.operator()) -> comparison(binary);
            case Expression.InList list when !list.negated() -> oneOf(list);
            case Expression.QuantifiedArray array
            when array.quantifier() == Expression.Quantifier.ANY && isEquals(array.operator()) -> anyOf(array);
            case Expression.Between between when !between.negated() && !between.symmetric() -> between(between);
            default -> List.of();
        };
    }

    private List<Predicate> comparison(Expression.Binary binary) {
        String operator = binary.operator().name();
        if (operator.equals("=")
                && binary.left() instanceof Expression.Row left
                && binary.right() instanceof Expression.Row right
                && left.fields().size() == right.fields().size()) {
            List<Predicate> all = new ArrayList<>();
            for (int i = 0; i < left.fields().size(); i++) {
                all.addAll(equal(left.fields().get(i), right.fields().get(i)));
            }
            return all;
        }
        return switch (operator) {
            case "=" -> equal(binary.left(), binary.right());
            case "<" -> bounded(binary, Side.LESS);
            case "<=" -> bounded(binary, Side.AT_MOST);
            case ">" -> bounded(binary, Side.GREATER);
            case ">=" -> bounded(binary, Side.AT_LEAST);
            default -> List.of();
        };
    }

    private List<Predicate> equal(Expression left, Expression right) {
        Operand one = expressions.operand(left);
        Operand other = expressions.operand(right);
        if (one instanceof Operand.Of(Variable a) && other instanceof Operand.Of(Variable b)) {
            return same(a, b).stream().toList();
        }
        if (one instanceof Operand.Of(Variable variable) && other instanceof Operand.Constant(Term term)) {
            return equal(variable, term, right);
        }
        if (other instanceof Operand.Of(Variable variable) && one instanceof Operand.Constant(Term term)) {
            return equal(variable, term, left);
        }
        return List.of();
    }

    /// What `=` between two columns says.
    Optional<Predicate> same(Variable left, Variable right) {
        boolean isSame = left.isComparableTo(right)
                && operators.isBuiltIn("=", left.type())
                && operators.isBuiltIn("=", right.type());
        return isSame ? Optional.of(new Predicate.Same(left, right)) : Optional.empty();
    }

    private List<Predicate> equal(Variable variable, Term term, Expression written) {
        ask(written, variable.type(), false);
        return operators.isBuiltIn("=", variable.type())
                ? List.of(new Predicate.OneOf(variable, List.of(term)))
                : List.of();
    }

    private void ask(Expression expression, KeyType type, boolean isArray) {
        if (expression instanceof Expression.Parameter parameter) {
            bindings.parameters().ask(parameter, type, isArray);
        }
    }

    private List<Predicate> bounded(Expression.Binary binary, Side side) {
        Optional<Predicate> right = bounded(binary.operator().name(), binary.left(), side, binary.right());
        return right
                .or(() -> bounded(binary.operator().name(), binary.right(), side.mirrored(), binary.left()))
                .stream()
                .toList();
    }

    private Optional<Predicate> bounded(String operator, Expression column, Side side, Expression bound) {
        if (!(expressions.operand(column) instanceof Operand.Of(Variable variable))) {
            return Optional.empty();
        }
        ask(bound, variable.type(), false);
        return expressions.operand(bound) instanceof Operand.Constant(Term term)
                        && operators.isBuiltIn(operator, variable.type())
                ? Optional.of(new Predicate.Bounded(variable, side, term))
                : Optional.empty();
    }

    private List<Predicate> between(Expression.Between between) {
        List<Predicate> both = new ArrayList<>();
        bounded(">=", between.operand(), Side.AT_LEAST, between.low()).ifPresent(both::add);
        bounded("<=", between.operand(), Side.AT_MOST, between.high()).ifPresent(both::add);
        return both;
    }

    private List<Predicate> oneOf(Expression.InList list) {
        if (list.operand() instanceof Expression.Row row) {
            List<Predicate> all = new ArrayList<>();
            for (int i = 0; i < row.fields().size(); i++) {
                int field = i;
                List<Expression> values = list.values().stream()
                        .filter(value -> value instanceof Expression.Row one
                                && one.fields().size() == row.fields().size())
                        .map(value -> ((Expression.Row) value).fields().get(field))
                        .toList();
                all.addAll(
                        values.size() == list.values().size()
                                ? oneOf(row.fields().get(i), values)
                                : List.of());
            }
            return all;
        }
        return oneOf(list.operand(), list.values());
    }

    private List<Predicate> oneOf(Expression operand, List<Expression> values) {
        if (!(expressions.operand(operand) instanceof Operand.Of(Variable variable))) {
            return List.of();
        }
        List<Term> terms = new ArrayList<>();
        for (Expression value : values) {
            expressions.terms().of(value).ifPresent(terms::add);
        }
        if (terms.size() < values.size() || !haveOneType(terms) || !operators.isBuiltIn("=", variable.type())) {
            return List.of();
        }
        values.forEach(value -> ask(value, variable.type(), false));
        return List.of(new Predicate.OneOf(variable, terms));
    }

    /// A list takes one type for all of its values. Values without a type take that of the others, so they must all
    /// have none, or all have one.
    private static boolean haveOneType(List<Term> terms) {
        return terms.stream()
                        .filter(term -> !(term instanceof Term.Null))
                        .map(Conditions::isUntyped)
                        .distinct()
                        .count()
                <= 1;
    }

    private static boolean isUntyped(Term term) {
        return switch (term) {
            case Term.Text _, Term.Parameter _, Term.Null _ -> true;
            case Term.Fixed(String _, boolean isNumber) -> !isNumber;
            case Term.Numeral _, Term.Bool _, Term.Cast _, Term.Arithmetic _, Term.Elements _, Term.Array _ -> false;
        };
    }

    private List<Predicate> anyOf(Expression.QuantifiedArray array) {
        if (!(expressions.operand(array.left()) instanceof Operand.Of(Variable variable))) {
            return List.of();
        }
        ask(array.array(), variable.type(), true);
        Optional<Term> term = expressions.terms().of(array.array()).flatMap(found -> elements(found, variable.type()));
        return term.isPresent() && operators.isBuiltIn("=", variable.type())
                ? List.of(new Predicate.OneOf(variable, List.of(term.get())))
                : List.of();
    }

    private static Optional<Term> elements(Term term, KeyType type) {
        return switch (term) {
            case Term.Text _, Term.Parameter _ -> Optional.of(new Term.Array(term, type, false));
            case Term.Fixed(String _, boolean isNumber)
            when !isNumber -> Optional.of(new Term.Array(term, type, false));
            case Term.Array _ -> Optional.of(term);
            // The elements have a type of their own, which is text when none of them has one.
            case Term.Elements(List<Term> elements)
            when elements.stream().noneMatch(Conditions::isUntyped) -> Optional.of(term);
            case Term.Elements(List<Term> elements)
            when type.sharesKeysWith(KeyType.TEXT)
                    && elements.stream().allMatch(element -> element instanceof Term.Text) -> Optional.of(term);
            default -> Optional.empty();
        };
    }

    /// What all of some conditions say of the same column, in other words each.
    private void alternatives(Expression.Or or) {
        Map<Variable, List<Term>> common = new LinkedHashMap<>();
        boolean isFirst = true;
        for (Expression operand : or.operands()) {
            Map<Variable, List<Term>> said = new LinkedHashMap<>();
            List<Expression> conditions = operand instanceof Expression.And and ? and.operands() : List.of(operand);
            for (Expression condition : conditions) {
                for (Predicate predicate : simple(condition)) {
                    if (predicate instanceof Predicate.OneOf(Variable variable, List<Term> terms)) {
                        said.putIfAbsent(variable, terms);
                    }
                }
            }
            if (isFirst) {
                common.putAll(said);
            } else {
                common.keySet().retainAll(said.keySet());
                common.replaceAll((variable, terms) -> joined(terms, said.getOrDefault(variable, List.of())));
            }
            isFirst = false;
        }
        common.forEach((variable, terms) -> predicates.add(new Predicate.OneOf(variable, terms)));
    }

    private static List<Term> joined(List<Term> left, List<Term> right) {
        List<Term> both = new ArrayList<>(left);
        both.addAll(right);
        return both;
    }

    /// Rows of a query of which one must be equal.
    private void semijoin(Expression operand, Query query) {
        List<Expression> left = operand instanceof Expression.Row row ? row.fields() : List.of(operand);
        expressions.skip(query);
        BoundQuery bound = new Queries(bindings, text).bind(query, expressions.scope());
        int item = bindings.newItem();
        List<NamedColumn> columns = bound.outputs().stream()
                .map(output -> new NamedColumn(output.name(), bindings.alias(item, output)))
                .toList();
        semijoins.add(new Item.Derived(item, bound, columns, true));
        for (int i = 0; i < left.size() && left.size() == columns.size(); i++) {
            if (expressions.operand(left.get(i)) instanceof Operand.Of(Variable one)
                    && columns.get(i).operand() instanceof Operand.Of(Variable other)) {
                same(one, other).ifPresent(predicates::add);
            }
        }
    }
}
