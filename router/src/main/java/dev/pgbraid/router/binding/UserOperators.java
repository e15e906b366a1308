package dev.pgbraid.router.binding;

import dev.pgbraid.router.catalog.DataType;
import dev.pgbraid.router.catalog.ImplicitCast;
import dev.pgbraid.router.catalog.Operator;
import dev.pgbraid.router.key.KeyType;

/// Tells where an operator can be one that users have made.
final class UserOperators {
    private final Bindings bindings;
    private final Text text;

    UserOperators(Bindings bindings, Text text) {
        this.bindings = bindings;
        this.text = text;
    }

    /// Whether an operator between a value of a type and another one cannot be one of users.
    boolean isBuiltIn(String name, KeyType type) {
        for (Operator user : bindings.catalog().operators(name)) {
            boolean isVisible = text.path().schemas().contains(user.name().schema());
            if (isVisible && (isReachable(user.left(), type) || isReachable(user.right(), type))) {
                return false;
            }
        }
        return true;
    }

    /// Whether a value of a type could be taken for one of another without being asked.
    private boolean isReachable(int target, KeyType type) {
        return DataType.isBuiltIn(target)
                || bindings.catalog().implicitCasts().contains(new ImplicitCast(type.oid(), target));
    }
}
