package dev.pgbraid.proxy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgbraid.protocol.ByteString;
import dev.pgbraid.protocol.auth.ScramKeys;
import org.junit.jupiter.api.Test;

class ScramKeyCacheTest {
    private static final ByteString PASSWORD = ByteString.utf8("pencil");
    private static final ByteString SALT = ByteString.utf8("salt");

    private final ScramKeyCache cache = new ScramKeyCache();

    @Test
    void keysAreDerivedOncePerPasswordSaltAndIterations() {
        ScramKeys keys = cache.keys(PASSWORD, SALT, 2);

        assertThat(keys).isEqualTo(ScramKeys.derive(PASSWORD, SALT, 2));
        assertThat(cache.keys(ByteString.utf8("pencil"), ByteString.utf8("salt"), 2))
                .isSameAs(keys);
        assertThat(cache.keys(ByteString.utf8("pen"), SALT, 2)).isNotEqualTo(keys);
        assertThat(cache.keys(PASSWORD, ByteString.utf8("pepper"), 2)).isNotEqualTo(keys);
        assertThat(cache.keys(PASSWORD, SALT, 3)).isNotEqualTo(keys);
    }

    @Test
    void aServerThatChangesItsSaltDoesNotFillTheMemory() {
        for (int i = 0; i <= 2 * ScramKeyCache.KEYS_MAX; i++) {
            cache.keys(PASSWORD, ByteString.utf8("salt " + i), 1);
            assertThat(cache.size()).isLessThanOrEqualTo(ScramKeyCache.KEYS_MAX);
        }
    }
}
