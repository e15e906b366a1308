package dev.pgbraid.router.parse;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.parse.Skeleton.Kind;
import dev.pgbraid.router.parse.Skeleton.Slot;
import dev.pgbraid.router.tree.Query;
import dev.pgbraid.router.tree.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Finds the parts of a query by the words between them, see [Skeleton].
final class SkeletonWriter {
    /// JSqlParser takes its time for each part. PostgreSQL has no more than 1664 columns in a result.
    private static final int PARTS_MAX = 2_000;

    private final Cursor in;
    private final Tokens tokens;
    private final StringBuilder text = new StringBuilder();
    private final List<Slot> slots = new ArrayList<>();
    private final List<Span> bodies = new ArrayList<>();
    private final List<Query.Locking> locking = new ArrayList<>();

    private Clause clause = Clause.START;
    private int bodyStart;

    private SkeletonWriter(Cursor in) {
        this.in = in;
        this.tokens = in.tokens();
        this.bodyStart = in.position();
        in.countQuery();
    }

    /// Takes all tokens to the end, which are a query without `WITH`.
    static Skeleton ofQuery(Cursor in) {
        return new SkeletonWriter(in).write();
    }

    /// Takes all tokens to the end, which are what follows `FROM`.
    static Skeleton ofFrom(Cursor in) {
        SkeletonWriter writer = new SkeletonWriter(in);
        writer.text.append("SELECT 1 FROM");
        writer.clause = Clause.FROM;
        return writer.write();
    }

    /// Takes all tokens to the end, which are what follows `MERGE INTO`, up to the first `WHEN`. It is a join of the
    /// target and the source.
    static Skeleton ofMerge(Cursor in) {
        SkeletonWriter writer = new SkeletonWriter(in);
        writer.text.append("SELECT 1 FROM");
        writer.clause = Clause.FROM;
        int using = writer.in.position();
        while (using < in.end() && !in.tokens().keyword(using).equals("using")) {
            using++;
        }
        writer.item(Kind.ITEM, using);
        in.expect("using");
        writer.text.append(" JOIN");
        return writer.write();
    }

    private Skeleton write() {
        while (!in.isAtEnd()) {
            if (clause == Clause.START) {
                start();
            } else if (in.accept(TokenKind.COMMA)) {
                text.append(" ,");
            } else {
                String word = clause.wordAt(tokens, in.position());
                if (word.isEmpty()) {
                    part();
                } else {
                    word(word);
                }
            }
        }
        endBody();
        if (clause == Clause.START) {
            throw in.unexpected();
        }
        return new Skeleton(text.toString(), slots, bodies, locking);
    }

    private void start() {
        bodyStart = in.position();
        if (in.kind() == TokenKind.OPEN) {
            clause = Clause.TAIL;
            text.append(" SELECT");
            item(Kind.QUERY, in.brackets().close(in.position()) + 1);
            return;
        }
        switch (in.keyword()) {
            case "select" -> select();
            case "values" -> {
                in.step();
                clause = Clause.ROWS;
                text.append(" VALUES (");
                item(Kind.ITEM, clause.partEnd(in, in.position()));
                text.append(" )");
            }
            case "table" -> {
                text.append(" SELECT");
                item(Kind.ALL_COLUMNS, in.position() + 1);
                text.append(" FROM");
                clause = Clause.FROM;
            }
            default -> throw in.unexpected();
        }
    }

    private void select() {
        int first = in.position();
        in.step();
        text.append(" SELECT");
        clause = Clause.ITEMS;
        if (in.accept("distinct")) {
            text.append(" DISTINCT");
            if (in.accept("on")) {
                if (in.kind() != TokenKind.OPEN) {
                    throw in.unexpected();
                }
                text.append(" ON (");
                item(Kind.ITEM, in.brackets().close(in.position()) + 1);
                text.append(")");
            }
        } else {
            in.accept("all");
        }
        if (in.isAtEnd() || !clause.wordAt(tokens, in.position()).isEmpty()) {
            slot(Kind.NOTHING, new Span(first, first + 1));
        }
    }

    private void part() {
        int to = clause.partEnd(in, in.position());
        if (to == in.position()) {
            throw in.unexpected();
        }
        item(Kind.ITEM, to);
        text.append(clause == Clause.WINDOW ? " AS ()" : "");
    }

    /// Takes a part.
    private void item(Kind kind, int to) {
        slot(kind, new Span(in.position(), to));
        in.moveTo(to);
    }

    private void slot(Kind kind, Span span) {
        text.append(" \"~").append(slots.size()).append('"');
        slots.add(new Slot(kind, span));
        if (slots.size() > PARTS_MAX) {
            throw in.refuse("a query has more than " + PARTS_MAX + " columns, tables and conditions");
        }
    }

    private void word(String word) {
        switch (word) {
            case "for" -> {
                endBody();
                locking.add(Lockings.read(in));
                clause = Clause.TAIL;
            }
            case "fetch" -> {
                endBody();
                text.append(" LIMIT");
                clause = Clause.TAIL;
                item(Kind.FETCH, clause.partEnd(in, in.position() + 1));
            }
            case "using" -> {
                text.append(" ON");
                item(Kind.USING, clause.partEnd(in, in.position() + 1));
            }
            // The word changes nothing, but JSqlParser forgets NATURAL for it.
            case "inner" -> in.step();
            case "into" -> throw in.refuse("SELECT INTO creates a table");
            default -> clauseWord(word);
        }
    }

    private void clauseWord(String word) {
        Clause next = clause.after(word);
        if (next == Clause.START || next == Clause.ORDER || next == Clause.TAIL) {
            endBody();
        }
        text.append(' ').append(word.toUpperCase(Locale.ROOT));
        in.moveTo(in.position() + (word.endsWith(" by") ? 2 : 1));
        clause = next;
        if (next == Clause.START && (in.isNext("all") || in.isNext("distinct"))) {
            text.append(' ').append(in.keyword().toUpperCase(Locale.ROOT));
            in.step();
        }
    }

    private void endBody() {
        if (bodyStart < in.position()) {
            bodies.add(new Span(bodyStart, in.position()));
        }
        // What follows belongs to no body, until the next one begins.
        bodyStart = in.tokens().count();
    }
}
