package dev.pgbraid.protocol.testing;

import static dev.pgbraid.protocol.testing.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PropertyTest {

    @Test
    void aFailureIsShrunkToTheSimplestValue() {
        Gen<List<Integer>> lists = Gen.listOf(50, Gen.between(0, 1000));

        assertThatThrownBy(() -> forAll(lists, list -> assertThat(list).allMatch(each -> each < 500)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("fails for [500]\nrun again with -Dproperty.seed=");
    }

    @Test
    void mappedAndDependentValuesShrinkToo() {
        Gen<String> strings = Gen.between(1, 40).flatMap(Gen::constant).map("x"::repeat);

        assertThatThrownBy(() -> forAll(strings, text -> assertThat(text).hasSizeLessThan(7)))
                .hasMessageStartingWith("fails for xxxxxxx\n");
    }

    @Test
    void whatAlwaysHoldsPasses() {
        forAll(Gen.between(3, 5), number -> assertThat(number).isBetween(3, 5));
    }
}
