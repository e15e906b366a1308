package dev.pgbraid.protocol.auth;

import static dev.pgbraid.protocol.ByteString.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.protocol.ByteString;
import org.junit.jupiter.api.Test;

class Md5Test {
    private static final ByteString SALT = ByteString.copyOf(new byte[] {1, 2, 3, 4});

    @Test
    void hashesAsPostgreSqlDoes() {
        ByteString secret = Md5.secret(utf8("shop"), utf8("secret"));

        assertThat(secret).hasToString("md5f433c50293bc7afbe20b67ceb15a1e55");
        assertThat(Md5.response(secret, SALT)).hasToString("md509c7baab7568cd5d6bd39754f079adc5");
    }

    @Test
    void onlyTheRightResponseIsRight() {
        ByteString secret = Md5.secret(utf8("shop"), utf8("secret"));
        ByteString otherSecret = Md5.secret(utf8("shop"), utf8("other"));

        assertThat(Md5.isResponseRight(secret, SALT, Md5.response(secret, SALT)))
                .isTrue();
        assertThat(Md5.isResponseRight(secret, SALT, Md5.response(otherSecret, SALT)))
                .isFalse();
        assertThat(Md5.isResponseRight(secret, SALT, utf8(""))).isFalse();
    }

    @Test
    void aPasswordIsNoSecret() {
        assertThatThrownBy(() -> Md5.response(utf8("secret"), SALT)).hasMessage("an MD5 secret starts with \"md5\"");
    }
}
