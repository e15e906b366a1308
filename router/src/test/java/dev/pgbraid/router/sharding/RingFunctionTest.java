package dev.pgbraid.router.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.pgbraid.router.key.ShardKey;
import dev.pgbraid.router.key.Whole;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingFunctionTest {
    private static final int KEYS = 100_000;
    private static final int VIRTUAL_NODES = 150;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8, 16})
    void aShardThatIsAddedTakesItsShareAndNothingElseMoves(int shards) {
        RingFunction before = ring(shards, VIRTUAL_NODES);
        RingFunction after = ring(shards + 1, VIRTUAL_NODES);
        int moved = 0;
        for (int key = 0; key < KEYS; key++) {
            int bucket = after.bucketOf(key(key));
            if (bucket / VIRTUAL_NODES == shards) {
                moved++;
            } else {
                assertThat(bucket).isEqualTo(before.bucketOf(key(key)));
            }
        }

        assertThat((double) moved / KEYS).isCloseTo(1.0 / (shards + 1), within(0.3 / (shards + 1)));
    }

    @Test
    void theOrderInWhichShardsAreNamedDoesNotMatter() {
        RingFunction forwards = new RingFunction(List.of("a", "b", "c"), 3);
        RingFunction backwards = new RingFunction(List.of("c", "b", "a"), 3);

        for (int key = 0; key < 1000; key++) {
            int bucket = forwards.bucketOf(key(key));
            assertThat(backwards.bucketOf(key(key))).isEqualTo(3 * (2 - bucket / 3) + bucket % 3);
        }
    }

    @Test
    void theShareOfEachShardIsNearlyTheSame() {
        RingFunction ring = ring(4, VIRTUAL_NODES);
        int[] keys = new int[4];
        for (int key = 0; key < KEYS; key++) {
            keys[ring.bucketOf(key(key)) / VIRTUAL_NODES]++;
        }

        assertThat(IntStream.of(keys).asDoubleStream().map(count -> count / KEYS))
                .allSatisfy(share -> assertThat(share).isCloseTo(0.25, within(0.05)));
    }

    /// Where a key is must never change from one version to the next.
    @Test
    void thePlacesAreThese() {
        RingFunction ring = ring(4, VIRTUAL_NODES);

        assertThat(IntStream.range(0, 6).map(key -> ring.bucketOf(key(key))))
                .containsExactly(476, 149, 180, 35, 332, 145);
        assertThat(ring.bucketOf(Long.MAX_VALUE)).isEqualTo(ring.bucketOf(Long.MIN_VALUE));
    }

    @Test
    void aRingNeedsDistinctShards() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RingFunction(List.of("a", "a"), 1))
                .withMessage("no ring of 1 virtual nodes for each of [a, a]");
    }

    private static RingFunction ring(int shards, int virtualNodes) {
        return new RingFunction(
                IntStream.range(0, shards).mapToObj(shard -> "shard-" + shard).toList(), virtualNodes);
    }

    private static ShardKey key(long value) {
        return ShardKey.of(new Whole(value));
    }
}
