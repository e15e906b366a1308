package dev.pgbraid.proxy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.proxy.command.Usage.Option;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    private static final Usage USAGE = new Usage(
            "test",
            "Tests.",
            List.of("FILE"),
            List.of(new Option("--port", "N", "A number."), new Option("--keep", "DIR", "A path.")));

    @Test
    void readsParametersAndOptionsInAnyOrder() {
        for (String line :
                List.of("a.yaml --port 7 --keep=b", "--port=7 a.yaml --keep b", "--keep b --port 7 a.yaml")) {
            Arguments arguments = parse(line);
            assertThat(arguments.path(0)).isEqualTo(Path.of("a.yaml"));
            assertThat(arguments.number("--port", 0, 9)).contains(7);
            assertThat(arguments.path("--keep")).contains(Path.of("b"));
        }
        assertThat(parse("a.yaml").number("--port", 0, 9)).isEmpty();
        assertThat(parse("a.yaml").path("--keep")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a.yaml --prot 7, there is no option --prot",
        "a.yaml -p, there is no option -p",
        "a.yaml --port, --port needs a value",
        "a.yaml --port 7 --port=8, --port is given twice",
        "--port 7, FILE is missing",
        "a.yaml b.yaml, 'b.yaml is one argument too many'",
    })
    void saysWhatIsWrong(String line, String message) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(UsageException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"-1", "10", "x", "7.5", "99999999999"})
    void refusesNumbersOutOfRange(String number) {
        assertThatThrownBy(() -> parse("a.yaml --port=" + number).number("--port", 0, 9))
                .isInstanceOf(UsageException.class)
                .hasMessage("--port must be a number in 0..9, is \"" + number + "\"");
    }

    @Test
    void helpNamesEverything() {
        assertThat(USAGE.help()).isEqualTo("""
            Usage: pgbraid test [options] FILE

            Tests.

              --port N          A number.
              --keep DIR        A path.
            """);
    }

    private static Arguments parse(String line) {
        return Arguments.parse(USAGE, List.of(line.split(" ")));
    }
}
