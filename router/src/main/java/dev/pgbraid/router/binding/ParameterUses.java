package dev.pgbraid.router.binding;

import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.tree.Expression;
import dev.pgbraid.router.tree.Node;
import dev.pgbraid.router.tree.Span;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What the places tell where parameters stand about their types.
///
/// PostgreSQL gives a parameter without a declared type the type that its first place asks for. So the type is only
/// known when all places ask for the same one.
final class ParameterUses {
    private final Map<Integer, Set<Span>> places = new HashMap<>();
    private final Map<Span, ParameterType> types = new HashMap<>();
    private final Set<Span> contradictory = new HashSet<>();

    /// Finds all places of parameters in a statement.
    void read(Node statement) {
        Deque<Node> open = new ArrayDeque<>();
        open.push(statement);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (node instanceof Expression.Parameter(Span span, int number)) {
                places.computeIfAbsent(number, _ -> new HashSet<>()).add(span);
            }
            node.children().forEach(open::push);
        }
    }

    /// Notes that a place asks for a type.
    void ask(Expression.Parameter parameter, KeyType type, boolean isArray) {
        ParameterType asked = new ParameterType(type == KeyType.VARCHAR ? KeyType.TEXT : type, isArray);
        ParameterType before = types.putIfAbsent(parameter.span(), asked);
        if (before != null && !before.equals(asked)) {
            contradictory.add(parameter.span());
        }
    }

    /// The parameters whose places all ask for one type.
    Map<Integer, ParameterType> types() {
        Map<Integer, ParameterType> known = new HashMap<>();
        places.forEach((number, spans) -> {
            Set<ParameterType> asked = new HashSet<>();
            for (Span span : spans) {
                ParameterType type = types.get(span);
                if (type == null || contradictory.contains(span)) {
                    return;
                }
                asked.add(type);
            }
            if (asked.size() == 1) {
                known.put(number, asked.iterator().next());
            }
        });
        return known;
    }
}
