package dev.pgbraid.loadtest.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.loadtest.process.Command.Ending;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FindingsTest {
    @Test
    void countsWhatHeldAndTellsWhatDidNot() {
        Findings findings = parse(1, "version 3.2\nok one\nnoise\nfailed two: got 3\nok three\ndone\n");

        assertThat(findings.version()).isEqualTo("3.2");
        assertThat(findings.held()).isEqualTo(2);
        assertThat(findings.checks()).isEqualTo(3);
        assertThat(findings.failures()).containsExactly("two: got 3");
    }

    @Test
    void anEndBeforeTheEndIsAFailure() {
        assertThat(parse(139, "version 1\nok one\nSegmentation fault\n").failures())
                .singleElement()
                .asString()
                .startsWith("ended too early, with status 139")
                .endsWith("Segmentation fault");
    }

    @Test
    void aProgramThatHangsIsAFailure() {
        Ending killed = new Ending(OptionalInt.empty(), "version 1\nok one\n");

        assertThat(Findings.parse(killed, Duration.ZERO).failures())
                .singleElement()
                .asString()
                .startsWith("did not end in time");
    }

    @Test
    void aProgramThatChecksNothingIsAFailure() {
        assertThat(parse(0, "version 1\ndone\n").failures()).containsExactly("checked nothing");
    }

    @Test
    void whatIsMissingIsNoFailure() {
        Findings findings = parse(0, "missing pg_dump 18 or newer\n");

        assertThat(findings.missing()).isEqualTo(Optional.of("pg_dump 18 or newer"));
        assertThat(findings.failures()).isEmpty();
    }

    private static Findings parse(int status, String output) {
        return Findings.parse(new Ending(OptionalInt.of(status), output), Duration.ZERO);
    }
}
