package dev.pgbraid.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorFieldsTest {

    @Test
    void anErrorHasWhatClientsRelyOn() {
        ErrorFields fields = ErrorFields.error(Severity.FATAL, SqlState.TOO_MANY_CONNECTIONS, "too many")
                .withDetail("There are 100.")
                .withHint("Wait.");

        assertThat(fields.fields().keySet())
                .containsExactly(
                        ErrorFields.SEVERITY,
                        ErrorFields.SEVERITY_UNLOCALIZED,
                        ErrorFields.CODE,
                        ErrorFields.MESSAGE,
                        ErrorFields.DETAIL,
                        ErrorFields.HINT);
        assertThat(fields.get(ErrorFields.SEVERITY)).contains(ByteString.utf8("FATAL"));
        assertThat(fields.get(ErrorFields.CODE)).contains(ByteString.utf8("53300"));
        assertThat(fields.get(ErrorFields.HINT)).contains(ByteString.utf8("Wait."));
        assertThat(fields.get(ErrorFields.TABLE)).isEmpty();
        assertThat(fields).hasToString("{S=FATAL, V=FATAL, C=53300, M=too many, D=There are 100., H=Wait.}");
    }

    @Test
    void theTypeThatEndsTheMessageIsNoField() {
        Map<Byte, ByteString> ended = Map.of((byte) 0, ByteString.utf8("x"));

        assertThatThrownBy(() -> new ErrorFields(new LinkedHashMap<>(ended)))
                .hasMessage("a field of type 0 would end the message");
    }
}
