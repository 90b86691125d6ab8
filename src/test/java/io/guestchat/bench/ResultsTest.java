package io.guestchat.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.guestchat.harness.Tally;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private final Results results = new Results();

    @Test
    void givenThreeRuns_whenTheMedianIsTaken_thenItIsTheMiddleOne() {
        assertThat(samples(30, 10, 20).median()).isEqualTo(20);
        assertThat(samples(10, 40, 20, 30).median()).isEqualTo(25);
        assertThat(samples().median()).isNaN();
    }

    @Test
    void givenTwoSides_whenTheRatioIsTaken_thenItIsOfTheMedians() {
        assertThat(samples(1, 2, 90).ratioTo(samples(8, 4, 1))).isCloseTo(0.5, within(1e-9));
        assertThat(samples(1).ratioTo(samples())).isNaN();
        assertThat(samples(1).ratioTo(samples(0))).isNaN();
        assertThat(samples(1).ratioTo(samples(-2))).isNaN();
        assertThat(samples(-1).ratioTo(samples(2))).isNaN();
    }

    @Test
    void givenABarForTheRatio_whenItIsReached_thenTheVerdictSaysHowFar() {
        Bar most = Bar.ratioAtMost(2.0, 1.3);
        Bar least = Bar.ratioAtLeast(0.5, 0.8);

        assertThat(most.verdict(99, 1.3)).isEqualTo("further");
        assertThat(most.verdict(99, 2.0)).isEqualTo("met");
        assertThat(most.verdict(99, 2.1)).isEqualTo("missed");
        assertThat(least.verdict(99, 0.8)).isEqualTo("further");
        assertThat(least.verdict(99, 0.5)).isEqualTo("met");
        assertThat(least.verdict(99, 0.4)).isEqualTo("missed");
    }

    @Test
    void givenABarForTheValue_whenHeldAgainstIt_thenTheRatioDoesNotCount() {
        assertThat(Bar.valueAtMost(4, 2).verdict(3, Double.NaN)).isEqualTo("met");
        assertThat(Bar.valueAtMost(4, Double.NaN).verdict(5, 1)).isEqualTo("missed");
    }

    @Test
    void givenNothingToHoldAgainstTheBar_whenAsked_thenThereIsNoVerdict() {
        assertThat(Bar.ratioAtMost(2, 1.3).verdict(1, Double.NaN)).isEmpty();
        assertThat(Bar.NONE.verdict(1, 1)).isEmpty();
    }

    @Test
    void givenALostTextOfTheBridge_whenCounted_thenTheBenchmarkHasFailed() {
        results.count(new Results.Count("clean", Side.BRIDGE, 10, Tally.CLEAN, 3));
        assertThat(results.failures()).isEmpty();

        results.count(new Results.Count("lossy", Side.BRIDGE, 10, new Tally(1, 0, 0), 0));
        results.count(new Results.Count("stock", Side.STOCK, 10, new Tally(5, 5, 5), 0));

        assertThat(results.failures()).singleElement().asString().contains("lossy");
    }

    @Test
    void givenRunsOfBothSides_whenReported_thenTheRowHasMediansRatioBarAndAllRuns() {
        for (double value : new double[] {1_100, 1_000, 1_200}) {
            results.add(Figure.ROUND_TRIPS, "some chats", Side.BARE, value);
            results.add(Figure.ROUND_TRIPS, "some chats", Side.BRIDGE, value / 2);
        }
        results.load(new Results.Load("at the most", Side.BRIDGE, Map.of("subject", 1.5), 0));
        results.fail("a text was lost");

        assertThat(report(Form.full())).contains("| round trips a second, most, 1/s | some chats | 550 | 1,100 | 0.50 | "
                + "ratio at least 0.5, further 0.8 | met | 550, 500, 600 | 1,100, 1,000, 1,200 |",
                "**Failed**: a text was lost", "commit abc", "a processor");
    }

    @Test
    void givenASmallerForm_whenReported_thenItSaysSo() {
        assertThat(report(Form.brief())).contains("short form", "Smaller numbers");
        assertThat(report(Form.trial())).contains("mean nothing");
    }

    @Test
    void givenNamesOfFigures_whenSelected_thenOthersAreNotWantedAndUnknownOnesAreRefused() {
        Map<String, String> given = Map.of("bench.only", "latency, starts", "bench.full", "", "bench.profile", "false");
        Options options = Options.read(Path.of("."), given::get);

        assertThat(options.form().name()).isEqualTo("full");
        assertThat(options.profile()).isFalse();
        assertThat(options.wants(Figure.LATENCY_P50)).isTrue();
        assertThat(options.wants(Figure.STARTS)).isTrue();
        assertThat(options.wants(Figure.ROUND_TRIPS)).isFalse();
        assertThatThrownBy(() -> Options.read(Path.of("."), Map.of("bench.only", "speed")::get))
                .hasMessageContaining("speed").hasMessageContaining("roundtrips");
    }

    @Test
    void givenEvents_whenAChatIsToldTwice_thenItCountsOnceAndTheLastNewOneTellsTheTime() {
        Happenings happenings = new Happenings();
        happenings.happened("session-resumed", 1, 100);
        happenings.happened("session-resumed", 2, 200);
        happenings.happened("session-resumed", 1, 300);

        assertThat(happenings.chats("session-resumed")).isEqualTo(2);
        assertThat(happenings.last("session-resumed")).isEqualTo(200);
        happenings.forget("session-resumed");
        assertThat(happenings.chats("session-resumed")).isZero();
    }

    private String report(Form form) {
        Machine machine = new Machine("a processor", "1 GiB", "a system", "a JVM", "0.1", "abc");
        return new Report(machine, new Options(Path.of("."), form, Set.of(), false), Instant.EPOCH, results).text();
    }

    private static Samples samples(double... values) {
        Samples samples = new Samples();
        for (double value : values) {
            samples.add(value);
        }
        return samples;
    }
}
