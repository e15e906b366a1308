package dev.pgbraid.router.analysis;

import dev.pgbraid.router.binding.ParameterType;
import dev.pgbraid.router.binding.Term;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.key.RowHash;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.plan.Parameters;
import dev.pgbraid.router.sharding.Placement;
import dev.pgbraid.router.sharding.RowHashFunction;
import dev.pgbraid.router.sharding.ShardId;
import dev.pgbraid.router.topology.ColocationGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The usual key: one column that is compared with one literal or parameter, and hashed without making objects.
///
/// Where it finds nothing, nothing is wrong: the key is only not of the usual form.
final class FastKey {
    private final RowHash hash = new RowHash();
    private final RowHashFunction function;
    private final List<Optional<ShardId>> shards;
    private final KeyType type;
    private final Term term;
    /// The types of which equal values are one key with those of the column.
    private final List<KeyType> family;
    /// What the places of the parameter ask for, if the client declares no type.
    private final @Nullable KeyType asked;

    private FastKey(
            RowHashFunction function,
            Placement placement,
            KeyType type,
            Term term,
            Map<Integer, ParameterType> parameterTypes) {
        this.function = function;
        this.shards = placement.shards().stream().map(Optional::of).toList();
        this.type = type;
        this.term = term;
        this.family =
                Arrays.stream(KeyType.values()).filter(type::sharesKeysWith).toList();
        this.asked = asked(term, parameterTypes);
    }

    private static @Nullable KeyType asked(Term term, Map<Integer, ParameterType> parameterTypes) {
        if (!(term instanceof Term.Parameter(int number))) {
            return null;
        }
        ParameterType asked = parameterTypes.get(number);
        return asked == null || asked.isArray() ? null : asked.type();
    }

    /// A fast way to the shard of a statement, if nothing else than one such key tells it.
    static Optional<FastKey> of(Proof proof) {
        if (!proof.kept().isEmpty() || proof.required().isPresent()) {
            return Optional.empty();
        }
        if (!proof.newRows().isEmpty()) {
            return proof.pins().isEmpty() && proof.newRows().size() == 1
                    ? of(proof, proof.newRows().getFirst())
                    : Optional.empty();
        }
        boolean isOne =
                proof.pins().stream().allMatch(pin -> isAlike(pin, proof.pins().getFirst()));
        return isOne && !proof.pins().isEmpty() ? of(proof, proof.pins().getFirst()) : Optional.empty();
    }

    /// A row whose key is stored as it is written.
    private static Optional<FastKey> of(Proof proof, NewRows rows) {
        if (rows.rows().size() != 1
                || rows.key().size() != 1
                || rows.key().getFirst().canChangeAssigned()) {
            return Optional.empty();
        }
        return of(
                proof,
                rows.group(),
                rows.key().getFirst().type(),
                rows.rows().getFirst().getFirst());
    }

    /// Whether two tables have the same rows by what is known of their keys.
    private static boolean isAlike(Pin pin, Pin other) {
        return pin.group().equals(other.group())
                && pin.columns().size() == 1
                && other.columns().size() == 1
                && pin.columns()
                        .getFirst()
                        .choices()
                        .equals(other.columns().getFirst().choices());
    }

    private static Optional<FastKey> of(Proof proof, Pin pin) {
        if (pin.columns().size() != 1 || pin.columns().getFirst().choices().size() != 1) {
            return Optional.empty();
        }
        Restriction.Choice choice = pin.columns().getFirst().choices().getFirst();
        return choice.terms().size() == 1
                ? of(proof, pin.group(), choice.type(), choice.terms().getFirst())
                : Optional.empty();
    }

    private static Optional<FastKey> of(Proof proof, ColocationGroup group, KeyType type, Term term) {
        boolean isUsual = switch (term) {
            case Term.Text _, Term.Parameter _ -> true;
            case Term.Numeral(int _, boolean negative, KeyType _) -> !negative;
            default -> false;
        };
        return isUsual && group.sharding().function() instanceof RowHashFunction function
                ? Optional.of(new FastKey(function, group.sharding().placement(), type, term, proof.parameters()))
                : Optional.empty();
    }

    Optional<ShardId> shard(Literals literals, Parameters parameters) {
        hash.reset();
        boolean isHashed = switch (term) {
            case Term.Text(int token) -> literal(literals, token, false);
            case Term.Numeral(int token, boolean _, KeyType _) -> literal(literals, token, true);
            case Term.Parameter(int number) -> parameter(parameters, number);
            default -> false;
        };
        return isHashed ? shards.get(function.bucketOf(hash.value())) : Optional.empty();
    }

    private boolean literal(Literals literals, int token, boolean isNumber) {
        if (literals.count(token) != 1) {
            return false;
        }
        literals.select(token, 0);
        boolean isUsual = !isNumber
                || (literals.kind() == TokenKind.INTEGER
                        && literals.sign() != Literals.Sign.MINUS
                        && type.sharesKeysWith(KeyType.BIGINT));
        KeyType read = isNumber ? KeyType.BIGINT : type;
        return isUsual && hash.addText(read, literals.bytes(), literals.from(), literals.to());
    }

    private boolean parameter(Parameters parameters, int number) {
        if (number > parameters.count() || parameters.isNull(number)) {
            return false;
        }
        int declared = parameters.type(number);
        byte[] bytes = parameters.bytes(number);
        for (KeyType one : family) {
            boolean isIt = declared == 0 ? one == asked : one.oid() == declared;
            if (isIt) {
                return parameters.isBinary(number)
                        ? hash.addBinary(one, bytes, 0, bytes.length)
                        : hash.addText(one, bytes, 0, bytes.length);
            }
        }
        return false;
    }
}
