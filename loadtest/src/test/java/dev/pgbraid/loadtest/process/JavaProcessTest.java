package dev.pgbraid.loadtest.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaProcessTest {

    @Test
    void addsTheGenerationsOfTheSerialCollector() {
        assertThat(JavaProcess.parseHeapUsed("""
            9691:
            DefNew     total 116160K, used 31005K [0x0000000687600000, 0x000000068f400000, 0x0000000704ea0000)
             eden space 103296K,  30% used [0x0000000687600000, 0x0000000689447550, 0x000000068dae0000)
             from space 12864K,   0% used [0x000000068dae0000, 0x000000068dae0000, 0x000000068e770000)
            Tenured    total 258048K, used 1166K [0x0000000704ea0000, 0x0000000714aa0000, 0x0000000800000000)
             the  space 258048K,   0% used [0x0000000704ea0000, 0x0000000704fc3ab8, 0x0000000714aa0000)
            """)).hasValue((31_005 + 1_166) * 1024);
    }

    @Test
    void readsTheOneHeapOfG1() {
        assertThat(JavaProcess.parseHeapUsed("""
            9728:
            garbage-first heap   total reserved 6172672K, committed 393216K, used 11949K [0x00, 0x08)
             region size 4096K, 3 young (12288K), 1 survivors (4096K)
            """)).hasValue(11_949 * 1024);
    }

    @Test
    void isEmptyForAHeapItDoesNotKnow() {
        assertThat(JavaProcess.parseHeapUsed("9817:\nShenandoah Heap\n 6026M max, 32768K used\n"))
                .isEmpty();
    }
}
