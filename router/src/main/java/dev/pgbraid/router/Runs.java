package dev.pgbraid.router;

import dev.pgbraid.router.session.SessionStatement;

/// Where a statement runs as far as what it does to its session decides that.
enum Runs {
    /// Where the session is: it has no place of its own.
    ANYWHERE,
    /// On the home shard, so that all sessions meet there.
    AT_HOME,
    /// Where that is what it touches.
    BY_CONTENT;

    static Runs of(SessionStatement session) {
        return switch (session) {
            case SessionStatement.Listen _,
                    SessionStatement.Unlisten _,
                    SessionStatement.UnlistenAll _,
                    SessionStatement.Notify _,
                    SessionStatement.SetTransactionSnapshot _,
                    SessionStatement.CommitPrepared _,
                    SessionStatement.RollbackPrepared _ -> AT_HOME;
            case SessionStatement.Prepare _,
                    SessionStatement.Execute _,
                    SessionStatement.DeclareCursor _,
                    SessionStatement.Lock _,
                    SessionStatement.CreateTemporary _,
                    SessionStatement.DropTable _,
                    SessionStatement.Copy _,
                    SessionStatement.Do _,
                    SessionStatement.Call _,
                    SessionStatement.Explain _,
                    SessionStatement.Other _ -> BY_CONTENT;
            default -> ANYWHERE;
        };
    }
}
