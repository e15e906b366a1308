package dev.pgbraid.router.analysis;

import dev.pgbraid.router.analysis.Value.Null;
import dev.pgbraid.router.analysis.Value.Typed;
import dev.pgbraid.router.analysis.Value.Unknown;
import dev.pgbraid.router.analysis.Value.Untyped;
import dev.pgbraid.router.binding.ParameterType;
import dev.pgbraid.router.binding.Term;
import dev.pgbraid.router.binding.TimeTexts;
import dev.pgbraid.router.binding.TimeWords;
import dev.pgbraid.router.key.KeyColumn;
import dev.pgbraid.router.key.KeyReading;
import dev.pgbraid.router.key.KeyReading.Invalid;
import dev.pgbraid.router.key.KeyReading.Proven;
import dev.pgbraid.router.key.KeyReading.Unprovable;
import dev.pgbraid.router.key.KeyType;
import dev.pgbraid.router.key.KeyValue;
import dev.pgbraid.router.key.Whole;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.plan.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Computes terms for the literals and parameters of one statement.
final class TermReader {
    /// What a client declares that knows no type.
    private static final int UNKNOWN_OID = 705;

    /// The count of a term without literals, which is the same in all members of a group.
    private static final int ONCE = -1;

    private final Literals literals;
    private final Parameters parameters;
    private final Map<Integer, ParameterType> types;
    private int index;

    /// @param types of the parameters for which the client declared none
    TermReader(Literals literals, Parameters parameters, Map<Integer, ParameterType> types) {
        this.literals = literals;
        this.parameters = parameters;
        this.types = types;
    }

    /// How often some terms stand side by side: as many times as the group has members that their literals belong to.
    int count(List<Term> terms) {
        int count = ONCE;
        for (Term term : terms) {
            int own = count(term);
            count = own == ONCE ? count : own;
        }
        return count == ONCE ? 1 : count;
    }

    /// The count of the literals of a term; `ONCE` when it has none.
    private int count(Term term) {
        return switch (term) {
            case Term.Text(int token) -> literals.count(token);
            case Term.Numeral(int token, boolean _, KeyType _) -> literals.count(token);
            case Term.Cast(Term operand, KeyType _) -> count(operand);
            case Term.Arithmetic(char _, Term left, Term right) -> count(List.of(left, right));
            case Term.Array(Term array, KeyType _, boolean _) -> count(array);
            case Term.Elements(List<Term> elements) -> count(elements);
            case Term.Bool _, Term.Null _, Term.Parameter _, Term.Fixed _ -> ONCE;
        };
    }

    /// Whether no text that may be read as a time says `now` or the like.
    boolean areTimesFixed(TimeTexts times) {
        for (int token : times.literals()) {
            for (int member = 0; member < literals.count(token); member++) {
                literals.select(token, member);
                if (TimeWords.areIn(literals.bytes(), literals.from(), literals.to())) {
                    return false;
                }
            }
        }
        return times.parameters().stream().noneMatch(this::hasTimeWord);
    }

    private boolean hasTimeWord(int number) {
        if (number > parameters.count() || parameters.isNull(number)) {
            return false;
        }
        byte[] bytes = parameters.bytes(number);
        boolean isText = !parameters.isBinary(number) || !isNumber(number);
        return isText && TimeWords.areIn(bytes, 0, bytes.length);
    }

    /// Whether the bytes of a parameter in binary format are no characters.
    private boolean isNumber(int number) {
        return parameterType(number)
                .filter(type -> !type.sharesKeysWith(KeyType.TEXT) && type != KeyType.CHARACTER)
                .isPresent();
    }

    /// Turns to one of the members of groups.
    void turnTo(int member) {
        index = member;
    }

    /// The values that a term stands for where it is compared with a column.
    List<KeyReading> compared(Term term, KeyType column) {
        return switch (term) {
            case Term.Elements(List<Term> elements) ->
                elements.stream()
                        .map(element -> compared(value(element), column))
                        .toList();
            case Term.Array array ->
                elements(array).stream()
                        .map(element -> compared(element, column))
                        .toList();
            default -> List.of(compared(value(term), column));
        };
    }

    private static KeyReading compared(Value value, KeyType column) {
        return switch (value) {
            case Null _ -> new Proven(KeyValue.Null.NULL);
            case Unknown(String reason) -> new Unprovable(reason);
            case Untyped(String text) -> read(column, text);
            case Typed(KeyType type, Proven(KeyValue proven)) ->
                type == column ? new Proven(proven) : certain(column.equalTo(type, proven));
            case Typed(KeyType _, KeyReading reading) -> reading;
        };
    }

    /// An error of a conversion need not be raised: the conversion may not be computed.
    private static KeyReading certain(KeyReading reading) {
        return reading instanceof Invalid(String _, String message) ? new Unprovable(message) : reading;
    }

    /// What a column holds that a term is assigned to.
    KeyReading assigned(Term term, KeyColumn column) {
        KeyReading reading = switch (value(term)) {
            case Null _ -> new Proven(KeyValue.Null.NULL);
            case Unknown(String reason) -> new Unprovable(reason);
            case Untyped(String text) -> read(column.type(), text);
            case Typed(KeyType type, Proven(KeyValue proven)) ->
                type == column.type()
                        ? new Proven(proven)
                        : certain(column.type().assignedFrom(type, proven));
            case Typed(KeyType _, KeyReading other) -> other;
        };
        return reading instanceof Proven(KeyValue value) && value != KeyValue.Null.NULL
                ? column.assign(value)
                : reading;
    }

    private static KeyReading read(KeyType type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return type.readText(bytes, 0, bytes.length);
    }

    private Value value(Term term) {
        return switch (term) {
            case Term.Null _ -> new Null();
            case Term.Bool(boolean value) -> new Typed(KeyType.BOOLEAN, new Proven(new Whole(value ? 1 : 0)));
            case Term.Text(int token) -> new Untyped(text(token));
            case Term.Numeral(int token, boolean negative, KeyType _) -> numeral(token, negative);
            case Term.Fixed(String text, boolean isNumber) ->
                isNumber ? number(text, text.chars().anyMatch(c -> c == '.' || c == 'e')) : new Untyped(text);
            case Term.Parameter(int number) -> parameter(number);
            case Term.Cast(Term operand, KeyType type) -> cast(operand, type);
            case Term.Arithmetic arithmetic -> arithmetic(arithmetic);
            case Term.Elements _, Term.Array _ -> new Unknown("is an array");
        };
    }

    private String text(int token) {
        literals.select(token, index);
        return new String(literals.bytes(), literals.from(), literals.to() - literals.from(), StandardCharsets.UTF_8);
    }

    private Value numeral(int token, boolean negative) {
        String digits = text(token);
        boolean isNegative = switch (literals.sign()) {
            case AS_ANALYZED -> negative;
            case PLUS -> false;
            case MINUS -> true;
        };
        return number(isNegative ? "-" + digits : digits, literals.kind() == TokenKind.NUMERIC);
    }

    /// A number that is too great for `bigint` is `numeric`.
    private static Value number(String digits, boolean isNumeric) {
        if (!isNumeric && read(KeyType.BIGINT, digits) instanceof Proven proven) {
            return new Typed(KeyType.BIGINT, proven);
        }
        return new Typed(KeyType.NUMERIC, certain(read(KeyType.NUMERIC, digits)));
    }

    private Value parameter(int number) {
        if (number < 1 || number > parameters.count()) {
            return new Unknown("is a parameter without a value");
        }
        if (parameters.isNull(number)) {
            return new Null();
        }
        return parameterType(number)
                .<Value>map(type -> new Typed(type, bound(number, type)))
                .orElseGet(() -> new Unknown("is a parameter of a type that is not known to be that of a key"));
    }

    private Optional<KeyType> parameterType(int number) {
        if (isDeclared(number)) {
            return KeyType.ofOid(parameters.type(number));
        }
        return Optional.ofNullable(types.get(number))
                .filter(type -> !type.isArray())
                .map(ParameterType::type);
    }

    private boolean isDeclared(int number) {
        int declared = parameters.type(number);
        return declared != 0 && declared != UNKNOWN_OID;
    }

    /// Whether PostgreSQL refuses a value is certain only where its type was declared.
    private KeyReading bound(int number, KeyType type) {
        byte[] bytes = parameters.bytes(number);
        KeyReading reading = parameters.isBinary(number)
                ? type.readBinary(bytes, 0, bytes.length)
                : type.readText(bytes, 0, bytes.length);
        return isDeclared(number) ? reading : certain(reading);
    }

    private Value cast(Term operand, KeyType type) {
        return switch (value(operand)) {
            case Untyped(String text) -> new Typed(type, read(type, text));
            case Typed(KeyType from, Proven(KeyValue value))
            when from != type -> new Typed(type, certain(type.assignedFrom(from, value)));
            case Typed typed -> typed;
            case Null _ -> new Null();
            case Unknown unknown -> unknown;
        };
    }

    /// Arithmetic of `integer`, which has no other result as long as nothing leaves its range.
    private Value arithmetic(Term.Arithmetic arithmetic) {
        Optional<Long> left = integer(arithmetic.left());
        Optional<Long> right = integer(arithmetic.right());
        if (left.isEmpty() || right.isEmpty()) {
            return new Unknown("is computed");
        }
        long result = switch (arithmetic.operator()) {
            case '+' -> left.get() + right.get();
            case '-' -> left.get() - right.get();
            default -> left.get() * right.get();
        };
        return result == (int) result
                ? new Typed(KeyType.INTEGER, new Proven(new Whole(result)))
                : new Unknown("is out of range");
    }

    private Optional<Long> integer(Term term) {
        return value(term) instanceof Typed(KeyType type, Proven(Whole(long whole)))
                        && type.sharesKeysWith(KeyType.INTEGER)
                        && whole == (int) whole
                ? Optional.of(whole)
                : Optional.empty();
    }

    private List<Value> elements(Term.Array array) {
        if (array.array() instanceof Term.Parameter(int number)) {
            return parameterElements(number, array);
        }
        return value(array.array()) instanceof Untyped(String text)
                ? elements(text, array.element(), array.isTyped())
                : List.of(new Unknown("is an array that is not known"));
    }

    private List<Value> parameterElements(int number, Term.Array array) {
        if (number < 1 || number > parameters.count()) {
            return List.of(new Unknown("is a parameter without a value"));
        }
        if (parameters.isNull(number)) {
            return List.of(new Null());
        }
        Optional<KeyType> type = isDeclared(number)
                ? ArrayForm.elementOf(parameters.type(number))
                : Optional.ofNullable(types.get(number))
                        .filter(ParameterType::isArray)
                        .map(ParameterType::type);
        if (type.isEmpty() || (array.isTyped() && !type.get().sharesKeysWith(array.element()))) {
            return List.of(new Unknown("is an array of a type that is not known"));
        }
        byte[] bytes = parameters.bytes(number);
        return parameters.isBinary(number)
                ? binaryElements(bytes, type.get())
                : elements(new String(bytes, StandardCharsets.UTF_8), type.get(), true);
    }

    private static List<Value> binaryElements(byte[] bytes, KeyType type) {
        return ArrayForm.readBinary(bytes, type)
                .map(elements -> elements.stream()
                        .map(element -> element.<Value>map(
                                        value -> new Typed(type, type.readBinary(value, 0, value.length)))
                                .orElseGet(Null::new))
                        .toList())
                .orElseGet(() -> List.of(new Unknown("is an array that is not understood")));
    }

    private static List<Value> elements(String text, KeyType type, boolean isTyped) {
        Optional<List<Optional<String>>> read = ArrayForm.readText(text);
        if (read.isEmpty()) {
            return List.of(new Unknown("is an array that is not understood"));
        }
        List<Value> values = new ArrayList<>();
        for (Optional<String> element : read.get()) {
            values.add(element.<Value>map(value -> isTyped ? new Typed(type, read(type, value)) : new Untyped(value))
                    .orElseGet(Null::new));
        }
        return values;
    }
}
