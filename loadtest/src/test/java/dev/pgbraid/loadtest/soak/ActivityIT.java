package dev.pgbraid.loadtest.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.loadtest.contender.Database;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What guests expect is what PostgreSQL itself does, and anything else is noticed.
class ActivityIT {
    private static Database database;
    private static Server server;

    @BeforeAll
    static void start() throws IOException {
        database = Database.startEmpty();
        server = new Server(database.endpoint());
        server.value(RowWork.TABLE);
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
        database.close();
    }

    private static Guest guest(String tag) {
        Surroundings direct = new Surroundings(database.endpoint(), server, new Semaphore(1), new AtomicInteger());
        return new Guest(direct, tag, new Random(1));
    }

    /// Without a proxy an idle backend that is ended is the guest's own.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "END_IDLE_BACKEND")
    void postgreSqlDoesWhatGuestsExpect(Activity activity) throws InterruptedException {
        try (Guest guest = guest("guest_" + activity)) {
            for (int i = 0; i < 4; i++) {
                activity.run(guest);
                guest.probe();
            }
        }
    }

    @Test
    void aSettingThatIsNotTheGuestsIsNoticed() {
        try (Guest guest = guest("mine")) {
            guest.run("SET soak.tag = 'theirs'");
            assertThatThrownBy(guest::probe).isInstanceOf(WrongAnswer.class).hasMessageContaining("theirs");
        }
    }

    @Test
    void aRowThatIsNotTheGuestsIsNoticed() {
        try (Guest guest = guest("mine")) {
            guest.run("INSERT INTO soak VALUES ('mine', 1, 'of nobody')");
            assertThatThrownBy(() -> RowWork.check(guest, guest.rows()))
                    .isInstanceOf(WrongAnswer.class)
                    .hasMessageContaining("of nobody");
        }
    }

    @Test
    void theEndOfASessionIsExplainedOncePerBackendThatWasEnded() {
        try (Guest guest = guest("guest99")) {
            SessionEnded end = new SessionEnded("57P01", "terminating connection");
            assertThat(guest.surroundings().explains(end)).isFalse();
            guest.surroundings().felt().set(1);
            assertThat(guest.surroundings().explains(new SessionEnded("", "no words")))
                    .isFalse();
            assertThat(guest.surroundings().explains(end)).isTrue();
            assertThat(guest.surroundings().explains(end)).isFalse();
        }
    }
}
