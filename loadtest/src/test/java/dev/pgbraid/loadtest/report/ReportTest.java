package dev.pgbraid.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.loadtest.measure.Spread;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Section SECTION = new Section(
            "start",
            "Start",
            List.of("contender", "seconds", "note"),
            List.of(
                    List.of(Value.text("pgbraid"), Value.range(new Spread(0.25, 0.2, 0.3), 2), Value.missing()),
                    List.of(Value.text("b"), Value.number(12, 1), Value.text("word"))),
            List.of(new Aim("start, s", 0.25, 1, 2), new Aim("memory, MB", 130, 120, 0)),
            List.of("A note."));

    @Test
    void textHasAlignedColumnsAndTellsWhichAimsAreMet() {
        assertThat(TextReport.render(SECTION)).isEqualToNormalizingNewlines("""

            Start
              contender           seconds  note
                pgbraid  0.25 (0.20–0.30)     -
                      b              12.0  word
              met     start, s: 0.25, aim at most 1.00
              NOT MET memory, MB: 130, aim at most 120
              A note.
            """);
    }

    @Test
    void jsonHasTheColumnsAsKeysAndLeavesOutWhatIsMissing() {
        String json = JsonReport.render(new Report(Map.of("CPU", "\"fast\"\n"), List.of(SECTION)));

        assertThat(json)
                .contains("\"facts\": {\"CPU\": \"\\\"fast\\\"\\u000a\"}")
                .contains("{\"contender\": \"pgbraid\", \"seconds\": {\"median\": 0.25, \"min\": 0.2, \"max\": 0.3}}")
                .contains("{\"contender\": \"b\", \"seconds\": 12.0, \"note\": \"word\"}")
                .contains("{\"subject\": \"memory, MB\", \"measured\": 130.0, \"limit\": 120.0, \"met\": false}");
    }

    @Test
    void aRowHasAValueForEveryColumn() {
        assertThatThrownBy(() -> new Section(
                        "name", "title", List.of("a", "b"), List.of(List.of(Value.missing())), List.of(), List.of()))
                .hasMessage("1 values for 2 columns");
    }
}
