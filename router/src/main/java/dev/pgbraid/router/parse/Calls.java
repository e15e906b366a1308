package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.Expression.Argument;
import dev.pgbraid.router.tree.SortItem;
import dev.pgbraid.router.tree.Window;
import java.util.List;
import java.util.Optional;

/// Reads calls of functions, aggregates and window functions.
final class Calls {
    private final Cursor in;
    private final int first;
    private final List<String> name;

    private List<Argument> arguments = List.of();
    private List<SortItem> orderBy = List.of();
    private boolean star;
    private boolean distinct;
    private boolean withinGroup;

    private Calls(Cursor in, int first, List<String> name) {
        this.in = in;
        this.first = first;
        this.name = name;
    }

    /// Reads from the parenthesis after the name on.
    static Expression.Call read(Cursor in, int first, List<String> name) {
        return new Calls(in, first, name).call();
    }

    private Expression.Call call() {
        in.inside(this::arguments);
        if (in.accept("within", "group")) {
            if (!orderBy.isEmpty() || distinct) {
                throw in.unexpected();
            }
            withinGroup = true;
            orderBy = in.inside(() -> SortItems.read(in));
        }
        Optional<Expression> filter = Optional.empty();
        if (in.isNext("filter", TokenKind.OPEN)) {
            in.step();
            filter = Optional.of(in.inside(() -> {
                in.expect("where");
                return Expressions.read(in);
            }));
        }
        Optional<Window> over = in.isNext("over") ? Windows.readOver(in) : Optional.empty();
        return new Expression.Call(
                in.spanFrom(first), name, arguments, star, distinct, orderBy, withinGroup, filter, over);
    }

    private boolean arguments() {
        star = in.accept(TokenKind.STAR);
        if (star || in.isAtEnd()) {
            return true;
        }
        distinct = in.accept("distinct");
        if (!distinct) {
            in.accept("all");
        }
        arguments = in.list(this::argument);
        orderBy = in.isNext("order") ? SortItems.read(in) : List.of();
        return true;
    }

    private Argument argument() {
        int from = in.position();
        boolean variadic = in.accept("variadic");
        Optional<String> argumentName = Optional.empty();
        if (in.isFunctionName(0) && (in.kind(1) == TokenKind.ARROW || in.kind(1) == TokenKind.COLON_EQUALS)) {
            argumentName = Optional.of(in.label());
            in.step();
        }
        Expression value = Expressions.read(in);
        return new Argument(in.spanFrom(from), argumentName, variadic, value);
    }
}
