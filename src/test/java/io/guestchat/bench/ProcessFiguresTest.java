package io.guestchat.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessFiguresTest {

    private static final String STAT = "4242 (%s) S 1 4242 4242 0 -1 4194304 9000 1 2 3 1234 566 77 88 20 0 33 0 12345 6789 10";

    @Test
    void givenAProcess_whenItsCpuIsRead_thenItIsUserAndSystemTimeOfAllItsThreadsWithoutItsChildren() {
        assertThat(CpuTime.seconds(STAT.formatted("java"))).isEqualTo(18.0);
    }

    @Test
    void givenANameWithBlanksAndBrackets_whenItsCpuIsRead_thenTheFieldsAreStillFound() {
        assertThat(CpuTime.seconds(STAT.formatted("a) b (c 1 2 3"))).isEqualTo(18.0);
    }

    @Test
    void givenThisProcess_whenItHasWorked_thenItsCpuHasGrown() {
        double before = CpuTime.seconds(ProcessHandle.current().pid());
        long until = System.nanoTime() + 200_000_000;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }

        assertThat(CpuTime.seconds(ProcessHandle.current().pid()) - before).isPositive();
    }

    @Test
    void givenAStatus_whenItsResidentMemoryIsRead_thenItIsInBytes() {
        assertThat(ResidentMemory.bytes("Name:\tjava\nVmHWM:\t  999 kB\nVmRSS:\t  12345 kB\nThreads:\t7\n"))
                .isEqualTo(12_345 * 1024);
    }

    @Test
    void givenAProcessThatHasEnded_whenItsMemoryIsRead_thenThatIsSaid() {
        assertThatThrownBy(() -> ResidentMemory.bytes("Name:\tjava\nState:\tZ (zombie)\n"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
