package dev.pgbraid.loadtest.contender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.loadtest.load.Mode;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PgBouncerTest {

    @ParameterizedTest
    @CsvSource({
        "PgBouncer 1.18.0,false",
        "PgBouncer 1.20.1,false",
        "PgBouncer 1.21.0,true",
        "PgBouncer 1.25.0dev,true",
        "PgBouncer 2.0.0,true"
    })
    void carriesPreparedStatementsFromTheVersionOnThatCan(String version, boolean carries) {
        assertThat(new PgBouncer(Path.of("pgbouncer"), version).modes().contains(Mode.PREPARED))
                .isEqualTo(carries);
    }
}
