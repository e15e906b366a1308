package dev.pgbraid.proxy.control.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.SearchPath;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.parse.Reading;
import dev.pgbraid.router.parse.StatementParser;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.Expression.Argument;
import dev.pgbraid.router.tree.Expression.ArrayConstructor;
import dev.pgbraid.router.tree.Expression.Call;
import dev.pgbraid.router.tree.Expression.Cast;
import dev.pgbraid.router.tree.Expression.Literal;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.QueryBody.Select;
import dev.pgbraid.router.tree.SelectItem;
import dev.pgbraid.router.tree.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A statement that is one call of a function of the schema `pgbraid`.
///
/// | call | change |
/// |---|---|
/// | `shard_table(table, key [, colocate_with => table] [, buckets => number])` | [TableChange.Shard] |
/// | `reference_table(table)` | [TableChange.Copy] |
/// | `home_table(table)` | [TableChange.Gather] |
/// | `place_key(table, key [, shard])` | [TableChange.Place] |
///
/// A table is written as for `regclass`, a key as the name of a column or an array of names; all are constants.
public final class TableCall {
    private static final Map<String, List<String>> PARAMETERS = Map.of(
            "shard_table", List.of("table_name", "key", "colocate_with", "buckets"),
            "reference_table", List.of("table_name"),
            "home_table", List.of("table_name"),
            "place_key", List.of("table_name", "key", "shard"));

    private static final Set<String> OPTIONAL = Set.of("colocate_with", "buckets", "shard");

    private final Tokens tokens;
    private final SearchPath path;
    private final Catalog catalog;
    private final Map<String, Expression> arguments = new HashMap<>();

    private TableCall(Tokens tokens, SearchPath path, Catalog catalog) {
        this.tokens = tokens;
        this.path = path;
        this.catalog = catalog;
    }

    /// What is called for.
    public sealed interface Result {
        record Valid(TableChange change) implements Result {}

        record Invalid(TableOutcome.Refused refusal) implements Result {}
    }

    /// Reads the text of a statement that is to be such a call.
    public static Result read(byte[] text, Perspective perspective, Catalog catalog) {
        Tokens tokens = new Lexer().read(text, 0, text.length, perspective.rules());
        SearchPath path = SearchPath.of(perspective.searchPath(), perspective.user(), catalog);
        return switch (StatementParser.parse(tokens, 0)) {
            case Reading.Read(Statement statement) ->
                read(tokens, statement, path, catalog).orElseGet(() -> notAlone("it is not all that is selected"));
            case Reading.Unreadable(String reason) -> notAlone(reason);
        };
    }

    private static Result notAlone(String reason) {
        return new Result.Invalid(new TableOutcome.Refused(
                "0A000",
                "the call of a function of schema pgbraid cannot be read: " + reason,
                "Write SELECT, the function, and nothing else."));
    }

    /// Reads a statement; nothing if it is something else than such a call.
    ///
    /// @param tokens the text of the statement
    /// @param path where names without a schema are looked for
    public static Optional<Result> read(Tokens tokens, Statement statement, SearchPath path, Catalog catalog) {
        return call(statement).map(call -> {
            try {
                return new Result.Valid(new TableCall(tokens, path, catalog).change(call));
            } catch (Refusal refusal) {
                return new Result.Invalid(refusal.outcome());
            }
        });
    }

    private static Optional<Call> call(Statement statement) {
        return onlyItem(statement)
                .map(SelectItem::expression)
                .filter(Call.class::isInstance)
                .map(Call.class::cast)
                .filter(call -> call.name().size() == 2
                        && call.name().getFirst().equals("pgbraid")
                        && PARAMETERS.containsKey(call.name().getLast()));
    }

    /// What a `SELECT` of one expression and nothing else selects.
    private static Optional<SelectItem> onlyItem(Statement statement) {
        if (statement instanceof Query query && query.with().isEmpty() && query.body() instanceof Select select) {
            boolean isOnly = select.items().size() == 1
                    && select.from().isEmpty()
                    && select.where().isEmpty();
            return isOnly ? Optional.of(select.items().getFirst()) : Optional.empty();
        }
        return Optional.empty();
    }

    private TableChange change(Call call) throws Refusal {
        String function = call.name().getLast();
        takeArguments(function, call.arguments());
        ObjectName table = table("table_name");
        return switch (function) {
            case "reference_table" -> new TableChange.Copy(table);
            case "home_table" -> new TableChange.Gather(table);
            case "place_key" -> new TableChange.Place(table, value("key"), shard());
            default -> {
                Optional<ObjectName> leader =
                        arguments.containsKey("colocate_with") ? Optional.of(table("colocate_with")) : Optional.empty();
                yield new TableChange.Shard(table, key(), leader, buckets());
            }
        };
    }

    private void takeArguments(String function, List<Argument> given) throws Refusal {
        List<String> parameters = PARAMETERS.getOrDefault(function, List.of());
        for (int i = 0; i < given.size(); i++) {
            Argument argument = given.get(i);
            String name = argument.name().orElse(i < parameters.size() ? parameters.get(i) : "");
            if (!parameters.contains(name) || argument.variadic() || arguments.put(name, argument.value()) != null) {
                throw wrongArguments(function, parameters);
            }
        }
        for (String parameter : parameters) {
            if (!OPTIONAL.contains(parameter) && !arguments.containsKey(parameter)) {
                throw wrongArguments(function, parameters);
            }
        }
    }

    private static Refusal wrongArguments(String function, List<String> parameters) {
        return new Refusal(
                "42883",
                "function pgbraid." + function + " is called with other arguments than it has",
                "It has these: " + String.join(", ", parameters) + ".");
    }

    private Expression argument(String name) {
        Expression value = arguments.get(name);
        if (value == null) {
            throw new IllegalStateException(name);
        }
        return value;
    }

    private List<String> key() throws Refusal {
        Expression value = argument("key");
        List<Expression> columns = value instanceof ArrayConstructor array ? array.elements() : List.of(value);
        List<String> key = new ArrayList<>();
        for (Expression column : columns) {
            List<String> name = names(text("key", column));
            if (name.size() != 1) {
                throw invalid("key", "must be the name of a column");
            }
            key.add(name.getFirst());
        }
        return key;
    }

    private Optional<String> shard() throws Refusal {
        return arguments.containsKey("shard") ? Optional.of(text("shard", argument("shard"))) : Optional.empty();
    }

    /// A constant that stands for a value of a column.
    private String value(String parameter) throws Refusal {
        return argument(parameter) instanceof Literal literal && tokens.kind(literal.token()) == TokenKind.INTEGER
                ? tokens.written(literal.token())
                : text(parameter, argument(parameter));
    }

    private Optional<Integer> buckets() throws Refusal {
        Expression value = arguments.get("buckets");
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Integer.parseInt(value instanceof Literal literal ? tokens.written(literal.token()) : ""));
        } catch (NumberFormatException none) {
            throw invalid("buckets", "must be a number");
        }
    }

    private ObjectName table(String parameter) throws Refusal {
        List<String> name = names(text(parameter, argument(parameter)));
        if (name.size() == 2) {
            return new ObjectName(name.getFirst(), name.getLast());
        }
        for (String schema : path.schemas()) {
            ObjectName candidate = new ObjectName(schema, name.getFirst());
            if (catalog.relation(candidate).isPresent()) {
                return candidate;
            }
        }
        throw new Refusal("42P01", "relation \"" + name.getFirst() + "\" does not exist", "Make the table first.");
    }

    private String text(String parameter, Expression value) throws Refusal {
        Expression bare = value instanceof Cast cast ? cast.operand() : value;
        if (bare instanceof Literal literal) {
            TokenKind kind = tokens.kind(literal.token());
            if (kind == TokenKind.STRING || kind == TokenKind.ESCAPE_STRING || kind == TokenKind.DOLLAR_STRING) {
                return tokens.string(literal.token());
            }
        }
        throw invalid(parameter, "must be a string constant");
    }

    /// A name, or a schema and a name, as PostgreSQL stores them.
    private static List<String> names(String written) throws Refusal {
        byte[] bytes = written.getBytes(UTF_8);
        Tokens parts = new Lexer().read(bytes, 0, bytes.length, TextRules.DEFAULT);
        List<String> names = new ArrayList<>();
        boolean isWhole = parts.error().isEmpty() && (parts.count() == 1 || parts.count() == 3);
        for (int i = 0; i < parts.count() && isWhole; i++) {
            boolean isName = parts.kind(i) == TokenKind.WORD || parts.kind(i) == TokenKind.QUOTED_NAME;
            isWhole = i == 1 ? parts.kind(i) == TokenKind.DOT : isName;
            if (isName && isWhole) {
                names.add(parts.name(i));
            }
        }
        if (!isWhole) {
            throw new Refusal("42602", "invalid name syntax: " + written, "Write it as in a statement.");
        }
        return names;
    }

    private static Refusal invalid(String parameter, String words) {
        return new Refusal("22023", parameter + " " + words, "Write it as a constant.");
    }
}
