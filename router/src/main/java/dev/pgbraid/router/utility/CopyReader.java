package dev.pgbraid.router.utility;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.session.TokenCursor;
import dev.pgbraid.router.utility.Mention.Role;
import dev.pgbraid.router.utility.Utility.Treatment;
import java.util.List;

/// Reads `COPY`.
final class CopyReader {
    private CopyReader() {}

    static Utility read(Clause in) {
        TokenCursor cursor = in.cursor();
        if (cursor.kind() == TokenKind.OPEN) {
            int query = cursor.position() + 1;
            in.skipParentheses();
            int queryEnd = cursor.position() - 1;
            cursor.expect("to");
            boolean onServer = !cursor.isNext("stdout") && !cursor.isNext("stdin");
            return in.rest(new Utility.OfQuery("COPY", query, queryEnd, onServer));
        }
        cursor.accept("binary");
        Mention table = new Mention(Role.TARGET, cursor.qualifiedName());
        in.skipParentheses();
        boolean isInto = cursor.accept("from");
        if (!isInto) {
            cursor.expect("to");
        }
        boolean onServer = !cursor.isNext("stdout") && !cursor.isNext("stdin");
        String command = isInto ? "COPY FROM" : "COPY TO";
        // Files and programs are those of one server, so what is to get there is refused as rows that come in are.
        Treatment treatment = isInto || onServer ? Treatment.ROWS_IN : Treatment.ROWS_OUT;
        return in.rest(new Utility.OfRelations(command, treatment, List.of(table)));
    }
}
