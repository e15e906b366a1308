package dev.pgbraid.router.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pgbraid.router.key.KeyValue;
import dev.pgbraid.router.key.Octets;
import dev.pgbraid.router.key.ShardKey;
import dev.pgbraid.router.key.Whole;
import dev.pgbraid.router.sharding.DirectoryFunction.NewKeys;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyFunctionTest {
    private static final ShardKey NULL = ShardKey.of(KeyValue.Null.NULL);

    @Test
    void aHashIsTheRemainderOfTheUnsignedHash() {
        assertThat(new HashFunction(16).bucketOf(key(42))).isEqualTo(2);
        assertThat(new HashFunction(3).bucketOf(key(3))).isEqualTo(1);
        assertThat(new HashFunction(4096).bucketOf(NULL)).isZero();
        assertThat(new HashFunction(3).bucketOf(-1L)).isEqualTo((int) Long.remainderUnsigned(-1, 3));
    }

    @Test
    void aHashCannotPruneARangeUnlessItIsEmpty() {
        HashFunction function = new HashFunction(8);

        assertThat(function.bucketsOf(KeyRange.atMost(new Whole(3)))).isEqualTo(BucketSet.all(8));
        assertThat(function.bucketsOf(KeyRange.between(new Whole(3), new Whole(2))))
                .isEqualTo(BucketSet.EMPTY);
    }

    @Test
    void aListTakesItsValuesAndTheDefaultTheRest() {
        List<Set<KeyValue>> lists =
                List.of(Set.of(Octets.utf8("pl"), Octets.utf8("de")), Set.of(Octets.utf8("us"), KeyValue.Null.NULL));
        ListFunction function = new ListFunction(lists, false);
        ListFunction withDefault = new ListFunction(lists, true);

        assertThat(function.buckets()).isEqualTo(2);
        assertThat(function.bucketOf(key("de"))).isZero();
        assertThat(function.bucketOf(NULL)).isEqualTo(1);
        assertThat(function.bucketOf(key("fr"))).isEqualTo(KeyFunction.NO_BUCKET);
        assertThat(withDefault.bucketOf(key("fr"))).isEqualTo(2);
        assertThat(function.bucketsOf(KeyRange.atLeast(Octets.utf8("q")))).isEqualTo(BucketSet.of(1));
        assertThat(withDefault.bucketsOf(KeyRange.lessThan(Octets.utf8("e")))).isEqualTo(BucketSet.of(0, 2));
    }

    @Test
    void noValueIsInTwoLists() {
        Set<KeyValue> one = Set.of(new Whole(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ListFunction(List.of(one, one), false))
                .withMessage("Whole[value=1] is in two lists");
    }

    @Test
    void aDirectoryIsAskedFirst() {
        DirectoryFunction.Directory directory = key -> key.equals(key(7)) ? OptionalInt.of(3) : OptionalInt.empty();
        DirectoryFunction byHash = new DirectoryFunction(directory, 4, NewKeys.HASH);
        DirectoryFunction strict = new DirectoryFunction(directory, 4, NewKeys.NEED_ENTRY);

        assertThat(byHash.bucketOf(key(7))).isEqualTo(3);
        assertThat(strict.bucketOf(key(7))).isEqualTo(3);
        assertThat(byHash.bucketOf(key(42))).isEqualTo(new HashFunction(4).bucketOf(key(42)));
        assertThat(strict.bucketOf(key(42))).isEqualTo(KeyFunction.NO_BUCKET);
    }

    private static ShardKey key(long value) {
        return ShardKey.of(new Whole(value));
    }

    private static ShardKey key(String value) {
        return ShardKey.of(Octets.utf8(value));
    }
}
