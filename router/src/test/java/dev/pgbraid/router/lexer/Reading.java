package dev.pgbraid.router.lexer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Texts read in one line.
final class Reading {
    private Reading() {}

    static Tokens read(String sql) {
        return read(sql, TextRules.DEFAULT);
    }

    static Tokens read(String sql, TextRules rules) {
        byte[] text = sql.getBytes(rules.charset());
        return new Lexer().read(text, 0, text.length, rules);
    }

    /// Every token as its kind and text, such as `WORD select`.
    static List<String> tokens(String sql) {
        return tokens(read(sql));
    }

    static List<String> tokens(Tokens tokens) {
        List<String> described = new ArrayList<>();
        for (int token = 0; token < tokens.count(); token++) {
            described.add(tokens.kind(token) + " " + tokens.written(token));
        }
        return described;
    }

    /// The text of every statement, with what is around it.
    static List<String> statements(String sql) {
        Tokens tokens = read(sql);
        List<String> statements = new ArrayList<>();
        for (int statement = 0; statement < tokens.statementCount(); statement++) {
            int start = tokens.statementStart(statement);
            int length = tokens.statementEnd(statement) - start;
            statements.add(new String(tokens.text(), start, length, StandardCharsets.UTF_8));
        }
        return statements;
    }
}
