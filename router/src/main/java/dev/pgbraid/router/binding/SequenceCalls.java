package dev.pgbraid.router.binding;

import dev.pgbraid.router.binding.Effects.Effect;
import dev.pgbraid.router.catalog.ObjectName;
import dev.pgbraid.router.catalog.SearchPath;
import dev.pgbraid.router.tree.Expression;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Calls of `nextval` and its relatives. A shape keeps their literals, so the sequence is known.
///
/// A sequence whose numbers no two shards share can be asked for the next one anywhere. What the session took last is
/// known to one shard alone, and which one it was is not known here.
final class SequenceCalls {
    private static final Set<String> NAMES = Set.of("nextval", "currval", "lastval", "setval");

    private final Bindings bindings;
    private final Text text;

    SequenceCalls(Bindings bindings, Text text) {
        this.bindings = bindings;
        this.text = text;
    }

    static boolean isOne(String name) {
        return NAMES.contains(name);
    }

    void note(Expression.Call call) {
        String name = call.name().getLast();
        Optional<ObjectName> sequence = call.arguments().stream()
                .findFirst()
                .flatMap(argument -> literal(argument.value()))
                .flatMap(this::find);
        bindings.effects().add(Effect.VOLATILE, name);
        boolean isDisjoint = sequence.map(bindings.catalog()::isDisjoint).orElse(false);
        boolean isNext = name.equals("nextval");
        if (isDisjoint && isNext) {
            return;
        }
        if (isDisjoint || (sequence.isEmpty() && !isNext && bindings.catalog().hasDisjointSequences())) {
            throw BindingException.unsupported(
                    name + " of a sequence that every shard has a part of is not supported",
                    "Use RETURNING to learn the number that a row was given.");
        }
        bindings.require(
                sequence.map(found -> bindings.topology().shardOf(found.schema()))
                        .orElseGet(bindings.topology()::home),
                name + " asks the sequence of one shard");
    }

    private Optional<String> literal(Expression expression) {
        return switch (expression) {
            case Expression.Literal literal
            when text.tokens().kind(literal.token()).isString() ->
                Optional.of(text.tokens().string(literal.token()));
            case Expression.Cast cast -> literal(cast.operand());
            default -> Optional.empty();
        };
    }

    private Optional<ObjectName> find(String written) {
        List<String> parts = SearchPath.parts(written);
        if (parts.size() == 2) {
            return Optional.of(new ObjectName(parts.getFirst(), parts.getLast()));
        }
        return parts.size() != 1
                ? Optional.empty()
                : text.path().schemas().stream()
                        .map(schema -> new ObjectName(schema, parts.getFirst()))
                        .filter(name -> bindings.catalog().relation(name).isPresent())
                        .findFirst();
    }
}
