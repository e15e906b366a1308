package dev.pgbraid.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DataSizeTest {
    @Test
    void isWrittenInTheLargestUnitThatIsExact() {
        assertThat(new DataSize(0)).hasToString("0B");
        assertThat(new DataSize(1023)).hasToString("1023B");
        assertThat(new DataSize(1025)).hasToString("1025B");
        assertThat(DataSize.ofKibibytes(1)).hasToString("1KiB");
        assertThat(DataSize.ofKibibytes(1536)).hasToString("1536KiB");
        assertThat(DataSize.ofKibibytes(2048)).hasToString("2MiB");
        assertThat(DataSize.ofGibibytes(4096)).hasToString("4096GiB");
    }

    @Test
    void isNeitherNegativeNorTooLarge() {
        assertThatThrownBy(() -> new DataSize(-1)).hasMessage("a size must not be negative, is -1");
        assertThatThrownBy(() -> DataSize.ofGibibytes(1L << 33)).isInstanceOf(ArithmeticException.class);
    }
}
