package dev.pgbraid.router;

import dev.pgbraid.router.catalog.Catalog;
import dev.pgbraid.router.catalog.DataType;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.SearchPath;
import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.parse.StatementParser;
import dev.pgbraid.router.plan.Perspective;
import dev.pgbraid.router.tree.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The types that `PREPARE` gives parameters, by their numbers.
final class DeclaredTypes {
    private DeclaredTypes() {}

    /// The numbers of types by their names as they are written, unless one of them is not PostgreSQL's own: others have
    /// another number on each shard.
    static Optional<List<Integer>> numbers(List<String> written, Catalog catalog, Perspective perspective) {
        SearchPath path = SearchPath.of(perspective.searchPath(), perspective.user(), catalog);
        List<Integer> numbers = new ArrayList<>();
        for (String name : written) {
            type(name, perspective.rules())
                    .filter(type -> isOfCatalog(type, path, perspective))
                    .flatMap(type -> catalog.type(ObjectName.builtIn(nameOf(type))))
                    .map(DataType::oid)
                    .ifPresent(numbers::add);
        }
        return numbers.size() == written.size() ? Optional.of(numbers) : Optional.empty();
    }

    private static Optional<Expression.Type> type(String written, TextRules rules) {
        byte[] text = written.getBytes(rules.charset());
        Tokens tokens = new Lexer().read(text, 0, text.length, rules);
        return tokens.error().isPresent() ? Optional.empty() : StatementParser.parseType(tokens);
    }

    private static boolean isOfCatalog(Expression.Type type, SearchPath path, Perspective perspective) {
        return type.name().size() == 1
                ? path.beginsWithCatalog()
                        && !perspective.temporary().contains(type.name().getFirst())
                : type.name().getFirst().equals(ObjectName.CATALOG_SCHEMA);
    }

    /// Arrays have the names of their elements with a line ahead.
    private static String nameOf(Expression.Type type) {
        return (type.array() ? "_" : "") + type.name().getLast();
    }
}
