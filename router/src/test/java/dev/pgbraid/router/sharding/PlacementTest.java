package dev.pgbraid.router.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final ShardId A = new ShardId(0, "a");
    private static final ShardId B = new ShardId(1, "b");
    private static final ShardId C = new ShardId(2, "c");

    @Test
    void bucketsAreSpreadInRunsOfOneLength() {
        Placement placement = Placement.even(8, List.of(A, B, C));

        assertThat(placement.shards()).containsExactly(A, A, A, B, B, B, C, C);
        assertThat(placement.bucketsOf(B)).isEqualTo(BucketSet.of(3, 4, 5));
        assertThat(placement.allShards()).containsExactly(A, B, C);
    }

    @Test
    void aMoveIsTheNextEpochAndLeavesTheOldPlacementAlone() {
        Placement before = Placement.even(4, List.of(A, B));
        Placement after = before.move(BucketSet.of(0, 1), C);

        assertThat(after).isEqualTo(new Placement(before.epoch() + 1, List.of(C, C, B, B)));
        assertThat(before.shards()).containsExactly(A, A, B, B);
        assertThat(after.allShards()).isEqualTo(Set.of(B, C));
    }

    @Test
    void shardsOfBucketsAreASet() {
        Placement placement = Placement.even(6, List.of(A, B, C));

        assertThat(placement.shardsOf(BucketSet.of(5, 0, 1))).containsExactly(A, C);
        assertThat(placement.shardsOf(BucketSet.EMPTY)).isEmpty();
    }

    @Test
    void aSetOfShardsKeepsTheirOrder() {
        ShardSet set = ShardSet.of(C, A, C);

        assertThat(set).containsExactly(A, C).isEqualTo(Set.of(C, A)).hasSameHashCodeAs(Set.of(A, C));
        assertThat(set.or(ShardSet.of(B))).containsExactly(A, B, C);
        assertThat(set.or(ShardSet.of(A))).isSameAs(set);
        assertThat(set.and(ShardSet.of(B, C))).containsExactly(C);
        assertThat(set.single()).isEqualTo(Optional.empty());
        assertThat(ShardSet.of(B).single()).contains(B);
        assertThat(set.contains(B)).isFalse();
    }

    @Test
    void aFunctionAndItsPlacementHaveTheSameBuckets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sharding(new HashFunction(4), Placement.even(8, List.of(A))))
                .withMessage("a function with 4 buckets, a placement of 8");
    }
}
