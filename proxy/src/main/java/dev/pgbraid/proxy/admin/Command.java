package dev.pgbraid.proxy.admin;

import dev.pgbraid.proxy.console.Answer;
import dev.pgbraid.proxy.console.Column;
import java.util.List;

/// A command of the admin database.
///
/// @param words that it begins with, in capitals
/// @param operand what follows them, for the help; empty if nothing does
/// @param privilege what it takes to run it
/// @param columns that it answers with
/// @param action runs it
record Command(List<String> words, String operand, Privilege privilege, List<Column> columns, Action action) {
    Command {
        words = List.copyOf(words);
        columns = List.copyOf(columns);
    }

    /// What a command does.
    interface Action {
        /// Runs the command.
        ///
        /// @param operand what follows its words, without blanks around it; empty if nothing does
        Answer run(String operand);
    }

    /// What fills a table.
    interface Rows {
        void fill(ConsoleTable table);
    }

    /// A command that shows a table.
    static Command show(String what, List<Column> columns, Rows rows) {
        return new Command(List.of("SHOW", what), "", Privilege.STATS, columns, _ -> {
            ConsoleTable table = new ConsoleTable(columns);
            rows.fill(table);
            return table.answer("SHOW");
        });
    }

    /// A command that changes something.
    static Command order(String words, String operand, Action action) {
        return new Command(List.of(words.split(" ")), operand, Privilege.ADMIN, List.of(), action);
    }

    String name() {
        return String.join(" ", words);
    }

    String usage() {
        return operand.isEmpty() ? name() : name() + " " + operand;
    }
}
