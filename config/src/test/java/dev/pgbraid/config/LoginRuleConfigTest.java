package dev.pgbraid.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginRuleConfigTest {
    private static final InetAddress HOME = InetAddress.ofLiteral("127.0.0.1");

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0, 255.1.2.3, true",
        "0.0.0.0, 0, ::1, false",
        "10.0.0.0, 8, 10.255.0.1, true",
        "10.0.0.0, 8, 11.0.0.0, false",
        "10.0.0.128, 25, 10.0.0.127, false",
        "10.0.0.128, 25, 10.0.0.200, true",
        "10.0.0.1, 32, 10.0.0.1, true",
        "10.0.0.1, 32, 10.0.0.0, false",
        "10.0.0.0, 8, ::ffff:10.0.0.1, true",
        "fd00::, 8, fdff::1, true",
        "fd00::, 8, fe00::1, false"
    })
    void aRangeHoldsTheAddressesWithItsPrefix(String first, int bits, String address, boolean contained) {
        AddressRange range = new AddressRange(InetAddress.ofLiteral(first), bits);

        assertThat(range.contains(InetAddress.ofLiteral(address))).isEqualTo(contained);
    }

    @Test
    void aRuleFitsWhereEverythingItNamesDoes() {
        LoginRuleConfig rule = new LoginRuleConfig(
                "rule",
                Optional.of("shop"),
                Optional.of("app"),
                Optional.of(new AddressRange(HOME, 32)),
                LoginRuleConfig.Encryption.WITH,
                LoginRuleConfig.Method.TRUST);

        assertThat(rule.fits("shop", "app", HOME, true)).isTrue();
        assertThat(rule.fits("other", "app", HOME, true)).isFalse();
        assertThat(rule.fits("shop", "other", HOME, true)).isFalse();
        assertThat(rule.fits("shop", "app", InetAddress.ofLiteral("127.0.0.2"), true))
                .isFalse();
        assertThat(rule.fits("shop", "app", HOME, false)).isFalse();
    }

    @Test
    void aRuleThatNamesNothingFitsEverything() {
        LoginRuleConfig rule = new LoginRuleConfig(
                "rule",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                LoginRuleConfig.Encryption.ANY,
                LoginRuleConfig.Method.TRUST);

        assertThat(rule.fits("shop", "app", HOME, true)).isTrue();
        assertThat(rule.fits("shop", "app", HOME, false)).isTrue();
    }
}
