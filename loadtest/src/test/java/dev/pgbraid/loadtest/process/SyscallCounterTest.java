package dev.pgbraid.loadtest.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgbraid.loadtest.BenchmarkException;
import org.junit.jupiter.api.Test;

class SyscallCounterTest {

    @Test
    void readsTheCount() {
        assertThat(SyscallCounter.parse("""
            # started on Sat Nov 21 11:13:01 2026

            41234,,raw_syscalls:sys_enter,1029350,100.00,,
            """)).isEqualTo(41_234);
    }

    @Test
    void anEventThatIsNotCountedIsAnError() {
        assertThatThrownBy(() -> SyscallCounter.parse("<not supported>,,raw_syscalls:sys_enter,0,100.00,,"))
                .isInstanceOf(BenchmarkException.class);
    }
}
