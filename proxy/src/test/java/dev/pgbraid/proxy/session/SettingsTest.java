package dev.pgbraid.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void changesWhatIsWantedAndResetsWhatIsNot() {
        Settings from = settings("application_name", "a", "work_mem", "1MB");
        Settings to = settings("application_name", "b");

        assertThat(from.changeTo(to))
                .isEqualTo("RESET \"work_mem\";SELECT pg_catalog.set_config(E'application_name',E'b',false);");
    }

    @Test
    void quotesWhatWouldEndALiteral() {
        assertThat(Settings.NONE.changeTo(settings("application_name", "it's \\ öne")))
                .isEqualTo("SELECT pg_catalog.set_config(E'application_name',E'it\\'s \\\\ \\U000000F6ne',false);");
        assertThat(settings("a\"b.c", "x").changeTo(Settings.NONE)).isEqualTo("RESET \"a\"\"b\".\"c\";");
    }

    @Test
    void whoOneActsAsIsResetFirstAndSetLast() {
        Settings from = settings("role", "a", "work_mem", "1MB");
        Settings to = settings("role", "b", "statement_timeout", "5");

        assertThat(from.changeTo(to))
                .isEqualTo("RESET \"role\";RESET \"work_mem\";"
                        + "SELECT pg_catalog.set_config(E'statement_timeout',E'5',false);"
                        + "SELECT pg_catalog.set_config(E'role',E'b',false);");
    }

    @Test
    void someSettingsHaveNoPartInWhatAStatementMeans() {
        assertThat(settings("application_name", "a", "datestyle", "ISO").meaning())
                .isEqualTo(settings("application_name", "b", "datestyle", "ISO").meaning())
                .isNotEqualTo(
                        settings("application_name", "a", "datestyle", "German").meaning());
    }

    private static Settings settings(String... namesAndValues) {
        TreeMap<String, String> values = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Settings(values);
    }
}
