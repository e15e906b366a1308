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
        assertThat(Settings.NONE.changeTo(settings("application_name", "it's \\ one")))
                .isEqualTo("SELECT pg_catalog.set_config(E'application_name',E'it''s \\\\ one',false);");
        assertThat(settings("a\"b", "x").changeTo(Settings.NONE)).isEqualTo("RESET \"a\"\"b\";");
    }

    private static Settings settings(String... namesAndValues) {
        TreeMap<String, String> values = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Settings(values);
    }
}
