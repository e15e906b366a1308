package dev.pgbraid.router;

import dev.pgbraid.router.lexer.TokenKind;
import dev.pgbraid.router.lexer.Tokens;
import dev.pgbraid.router.plan.Plan;
import java.util.Optional;
import java.util.Set;

/// Recognizes the call of a function that the proxy itself has, and no shard.
final class OwnCall {
    private static final Set<String> FUNCTIONS = Set.of("shard_table", "reference_table", "home_table", "place_key");

    private OwnCall() {}

    /// The name of the function, if the only statement of a text begins with its call.
    static Optional<String> find(Tokens tokens) {
        int schema = tokens.firstToken(0) + 1;
        int function = schema + 2;
        boolean isCall = tokens.keyword(schema - 1).equals("select")
                && isName(tokens, schema)
                && tokens.kind(schema + 1) == TokenKind.DOT
                && isName(tokens, function)
                && tokens.kind(function + 1) == TokenKind.OPEN;
        return isCall && tokens.name(schema).equals("pgbraid") && FUNCTIONS.contains(tokens.name(function))
                ? Optional.of(tokens.name(function))
                : Optional.empty();
    }

    private static boolean isName(Tokens tokens, int token) {
        return tokens.kind(token) == TokenKind.WORD || tokens.kind(token).isQuotedName();
    }

    /// What becomes of a call that is a part of something else.
    static Plan inside(String function) {
        return new Plan.Refused(
                "25001",
                "pgbraid." + function + " must be called by a statement of its own",
                Optional.empty(),
                "Send it alone, outside of transactions.");
    }
}
