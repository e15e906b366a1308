package dev.pgbraid.router.utility;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.session.TokenCursor;
import dev.pgbraid.router.utility.Mention.Role;
import java.util.ArrayList;
import java.util.List;

/// Reads the tables of a publication.
final class PublicationReader {
    private PublicationReader() {}

    /// Reads on from the name. A publication that lists no tables is on every shard.
    static Utility read(Clause in) {
        TokenCursor cursor = in.cursor();
        cursor.name();
        int table = in.find("table");
        if (table == Clause.NONE) {
            return in.rest(new Utility.Alike());
        }
        List<Mention> mentions = new ArrayList<>();
        while (cursor.position() <= table) {
            cursor.step();
        }
        do {
            cursor.accept("table");
            mentions.add(new Mention(Role.TARGET, in.relation()));
            in.skipParentheses();
            if (cursor.accept("where")) {
                in.skipParentheses();
            }
        } while (cursor.accept(TokenKind.COMMA) && !cursor.isNext("tables"));
        return in.rest(new Utility.OfRelations(in.command(), Utility.Treatment.EVERYWHERE, mentions));
    }
}
