package dev.pgbraid.router;

import dev.pgbraid.router.lexer.Lexer;
import dev.pgbraid.router.lexer.TextRules;
import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.plan.Parameters;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The values of parameters that are written as constants, as in `EXECUTE`, each in the text form that PostgreSQL gives
/// it on the way to its parameter.
///
/// @param types of the parameters as they are declared, 0 where they are not
/// @param values nothing for NULL
public record WrittenParameters(List<Integer> types, List<Optional<String>> values, TextRules rules)
        implements Parameters {
    public WrittenParameters {
        types = List.copyOf(types);
        values = List.copyOf(values);
    }

    /// Reads what is written. Nothing if one of them is not a constant.
    public static Optional<WrittenParameters> read(List<String> written, List<Integer> types, TextRules rules) {
        List<Optional<String>> values = new ArrayList<>();
        for (String one : written) {
            byte[] text = one.getBytes(rules.charset());
            Tokens tokens = new Lexer().read(text, 0, text.length, rules);
            if (tokens.error().isPresent() || !addConstant(tokens, values)) {
                return Optional.empty();
            }
        }
        return Optional.of(new WrittenParameters(types, values, rules));
    }

    private static boolean addConstant(Tokens tokens, List<Optional<String>> values) {
        if (tokens.count() == 1 && tokens.keyword(0).equals("null")) {
            values.add(Optional.empty());
            return true;
        }
        Optional<String> constant = constant(tokens);
        constant.ifPresent(value -> values.add(Optional.of(value)));
        return constant.isPresent();
    }

    private static Optional<String> constant(Tokens tokens) {
        boolean isNegative = tokens.kind(0) == TokenKind.MINUS;
        boolean isSigned = isNegative || tokens.kind(0) == TokenKind.PLUS;
        int token = isSigned ? 1 : 0;
        if (tokens.count() != token + 1) {
            return Optional.empty();
        }
        TokenKind kind = tokens.kind(token);
        if (kind == TokenKind.INTEGER || kind == TokenKind.NUMERIC) {
            return number(tokens.written(token)).map(number -> isNegative ? negated(number) : number);
        }
        if (isSigned) {
            return Optional.empty();
        }
        return kind.isString() ? Optional.of(tokens.string(token)) : truth(tokens.keyword(token));
    }

    private static Optional<String> number(String written) {
        if (written.matches("[0-9]+")) {
            return Optional.of(new BigInteger(written).toString());
        }
        return written.matches("[0-9]+\\.[0-9]*|\\.[0-9]+")
                ? Optional.of(new BigDecimal(written).toPlainString())
                : Optional.empty();
    }

    private static String negated(String number) {
        return new BigDecimal(number).signum() == 0 ? number : "-" + number;
    }

    private static Optional<String> truth(String keyword) {
        return keyword.equals("true") || keyword.equals("false") ? Optional.of(keyword) : Optional.empty();
    }

    @Override
    public int count() {
        return values.size();
    }

    @Override
    public int type(int number) {
        return number > types.size() ? 0 : types.get(number - 1);
    }

    @Override
    public boolean isNull(int number) {
        return values.get(number - 1).isEmpty();
    }

    @Override
    public boolean isBinary(int number) {
        return false;
    }

    @Override
    public byte[] bytes(int number) {
        return values.get(number - 1).orElseThrow().getBytes(rules.charset());
    }
}
