package dev.pgbraid.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class RouteIT {
    /// How long it took, which decides about its exit code, depends on the machine.
    @Test
    void measuresTypicalAndHostileStatements() {
        StringWriter out = new StringWriter();

        Main.commandLine("").setOut(new PrintWriter(out)).execute("route", "--rounds", "1");

        assertThat(out.toString())
                .contains("Routing of one statement", "point select", "in list of 200")
                .contains("Routing of hostile texts", "2 KB of parentheses", "5,000 joins");
    }
}
