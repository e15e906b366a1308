package dev.pgbraid.protocol.auth;

import static dev.pgbraid.protocol.ByteString.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScramSecretTest {
    private static final String TEXT = "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ=="
            + "$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";
    private static final ByteString SALT = ByteString.copyOf(Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="));

    @Test
    void isDerivedFromAPasswordAsPostgreSqlDoesIt() {
        assertThat(ScramSecret.derive(utf8("pencil"), SALT, 4096).format()).isEqualTo(TEXT);
    }

    @Test
    void isReadFromWhatPostgreSqlStores() {
        assertThat(ScramSecret.parse(TEXT)).isEqualTo(ScramSecret.derive(utf8("pencil"), SALT, 4096));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "md5f433c50293bc7afbe20b67ceb15a1e55",
                "SCRAM-SHA-256$0:W22Z$AAAA:AAAA",
                "SCRAM-SHA-256$99999999999:W22Z$AAAA:AAAA",
                "SCRAM-SHA-256$4096:$AAAA:AAAA",
                "SCRAM-SHA-256$4096:W22Z$AAAA:AAAA",
                "SCRAM-SHA-256$4096:W=2Z$AAAA:AAAA"
            })
    void anythingElseIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> ScramSecret.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("AAAA")
                .hasMessageNotContaining("secret\"");
    }

    @Test
    void isNotShown() {
        assertThat(ScramSecret.parse(TEXT)).hasToString("ScramSecret[iterations=4096]");
        assertThat(ScramKeys.derive(utf8("pencil"), SALT, 1)).hasToString("ScramKeys[***]");
        assertThat(new ScramCredential.Password(utf8("pencil"))).hasToString("Password[***]");
    }

    @Test
    void theMockOfAUserIsAlwaysTheSameAndLooksLikeARealOne() {
        ByteString key = utf8("random");
        ScramSecret mock = ScramSecret.mock(key, utf8("nobody"), 4096);

        assertThat(mock).isEqualTo(ScramSecret.mock(key, utf8("nobody"), 4096));
        assertThat(mock.salt())
                .isNotEqualTo(ScramSecret.mock(key, utf8("noone"), 4096).salt());
        assertThat(mock.salt())
                .isNotEqualTo(
                        ScramSecret.mock(utf8("other"), utf8("nobody"), 4096).salt());
        assertThat(mock.salt().length()).isEqualTo(SALT.length());
        assertThat(mock.iterations()).isEqualTo(4096);
    }
}
