package io.guestchat.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.contract.HistoryPage.Entry;
import io.guestchat.dialect.HistorySlice;
import io.guestchat.dialect.PlatformCall;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A history is read to its end, and one without an end is not read for ever. */
class HistoryReadingTest {

    private final HistoryReading reading = new HistoryReading(PlatformCall.Kind.GAP, "conversation", 100);

    @Test
    void givenPagesWithNews_whenTheLastOneComes_thenAllAreThere() {
        assertThat(reading.add(page("1", 2))).isTrue();
        assertThat(reading.add(page("2", 3))).isTrue();
        assertThat(reading.add(page("3", null))).isTrue();

        assertThat(reading.next()).isNull();
        assertThat(reading.history().items()).hasSize(3);
    }

    @Test
    void givenEmptyPagesForEver_whenTheThirdComes_thenItDoesNotEnd() {
        assertThat(reading.add(empty(2))).isTrue();
        assertThat(reading.add(empty(3))).isTrue();

        assertThat(reading.add(empty(4))).isFalse();
    }

    @Test
    void givenOnePageForEver_whenItComesAgainAndAgain_thenItDoesNotEnd() {
        assertThat(reading.add(page("1", 2))).isTrue();
        assertThat(reading.add(page("1", 3))).isTrue();
        assertThat(reading.add(page("1", 4))).isTrue();

        assertThat(reading.add(page("1", 5))).isFalse();
    }

    @Test
    void givenAnEmptyPageBetweenOthers_whenReadOn_thenThatIsNoCircle() {
        assertThat(reading.add(empty(2))).isTrue();
        assertThat(reading.add(empty(3))).isTrue();
        assertThat(reading.add(page("1", 4))).isTrue();
        assertThat(reading.add(empty(5))).isTrue();
        assertThat(reading.add(empty(null))).isTrue();
    }

    @Test
    void givenNewsForEver_whenAThousandPagesAreRead_thenItDoesNotEnd() {
        for (int number = 1; number < 1_000; number++) {
            assertThat(reading.add(page("entry " + number, number + 1))).isTrue();
        }

        assertThat(reading.add(page("last straw", 1_001))).isFalse();
    }

    private static HistorySlice page(String id, Integer next) {
        Entry entry = new Entry(id, "yes", null, "outbound", null, null);
        return new HistorySlice(List.of(new HistorySlice.Item(entry, 0, false)), next);
    }

    private static HistorySlice empty(Integer next) {
        return new HistorySlice(List.of(), next);
    }
}
