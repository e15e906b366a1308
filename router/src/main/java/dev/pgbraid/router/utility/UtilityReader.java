package dev.pgbraid.router.utility;

import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.session.TokenCursor;

/// Tells by the first keyword which reader a statement is for.
public final class UtilityReader {
    private UtilityReader() {}

    /// Reads the tokens of a statement that is no query.
    public static Utility read(Tokens tokens, int first, int end) {
        Clause in = new Clause(tokens, first, end);
        TokenCursor cursor = in.cursor();
        String command = cursor.keyword();
        cursor.accept(command);
        Utility utility = switch (command) {
            case "create" -> CreateReader.read(in);
            case "alter" -> AlterReader.read(in);
            case "drop" -> DropReader.read(in);
            case "comment", "security" -> ReferenceReader.readRemark(command, in);
            case "grant", "revoke" -> ReferenceReader.readPrivileges(command, in);
            case "truncate", "vacuum", "analyze", "analyse", "reindex", "cluster", "refresh" ->
                MaintenanceReader.read(command, in);
            case "lock" -> MaintenanceReader.readLock(in);
            case "copy" -> CopyReader.read(in);
            case "checkpoint", "reassign" -> in.rest(new Utility.Alike());
            case "import", "do", "call" -> in.rest(new Utility.AtHome());
            default -> in.rest(new Utility.Ungrammatical());
        };
        return cursor.isRead() || utility instanceof Utility.Ungrammatical
                ? utility
                : new Utility.Unreadable(in.command());
    }
}
