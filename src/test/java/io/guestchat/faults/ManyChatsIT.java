package io.guestchat.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.BridgeInstance;
import io.guestchat.harness.Footprint;
import io.guestchat.harness.OutsideSystem;
import io.guestchat.simulator.SessionReport;
import io.guestchat.simulator.SimulatorOptions.Answering;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What ten thousand chats leave behind when they are over: nothing. */
@Tag("faults")
class ManyChatsIT {

    private static final int LIVE_AT_ONCE = 1_000;
    private static final int WAVES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Less than a kilobyte for each of ten thousand chats. A live one takes some fifteen. */
    private static final long HEAP_TOLERANCE = 8L << 20;
    /** Pools may still have grown after the first thousand. A leak of one for each hundredth chat is ten times that. */
    private static final int THREAD_TOLERANCE = 10;
    /** The platform's HTTP connections are kept, up to as many (maxTotalConnections). */
    private static final int DESCRIPTOR_TOLERANCE = 64;

    private FaultRun run;
    private OutsideSystem outside;
    private PublishedTexts published;

    @Test
    void givenABridgeThatHasHadAThousandChats_whenTenThousandMoreHaveTalkedAndEnded_thenNothingOfThemIsLeft() {
        Scenario scenario = Scenario.large("ten thousand chats begun and ended")
                .on(platform -> platform.answering(Answering.REPLY).answerDelay(Duration.ZERO));
        try (FaultRun opened = scenario.open()) {
            run = opened;
            BridgeInstance bridge = run.start().awaitReady();
            run.rig().openOutside();
            outside = run.rig().outside();
            published = new PublishedTexts(outside);

            // given
            begin(0);
            end(0);
            awaitNothingLeft();
            Footprint before = settled(bridge);
            assertThat(bridge.metric("guestchat_sockets")).isZero();

            // when
            Footprint live = before;
            for (int wave = 1; wave <= WAVES; wave++) {
                begin(wave);
                live = wave == WAVES ? bridge.footprint() : live;
                end(wave);
            }
            awaitNothingLeft();

            // then
            Footprint after = settled(bridge);
            System.out.printf("ten thousand chats: before %s; with a thousand live %s; after %s%n", before, live, after);
            assertThat(live.descriptors()).isGreaterThan(before.descriptors() + LIVE_AT_ONCE - DESCRIPTOR_TOLERANCE);
            assertThat(after.heapBytes()).isLessThan(before.heapBytes() + HEAP_TOLERANCE);
            assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + THREAD_TOLERANCE);
            assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + DESCRIPTOR_TOLERANCE);
            assertThat(bridge.metric("guestchat_sockets")).isZero();
            assertThat(bridge.metric("guestchat_sessions")).isZero();
            assertThat(bridge.metric("guestchat_requests_unfinished")).isZero();
            assertEachWasHeardAndAnsweredOnce();
        }
    }

    /** They begin, and each guest has said something and has heard the answer. */
    private void begin(int wave) {
        chats(wave).forEach(chat -> outside.start(chat, "start"));
        awaitCount("conversation-assigned", wave);
        chats(wave).forEach(chat -> outside.message(chat, "m", "hello"));
        awaitCount("message-acknowledged", wave);
        await("answers").atMost(PATIENCE).pollInterval(Duration.ofMillis(200))
                .until(() -> published.follow().texts().size() == (wave + 1) * LIVE_AT_ONCE);
    }

    private void end(int wave) {
        chats(wave).forEach(chat -> outside.request(chat, "end", "end"));
        awaitCount("chat-ended", wave);
    }

    private void awaitCount(String type, int wave) {
        await(type).atMost(PATIENCE).pollInterval(Duration.ofMillis(200))
                .until(() -> published.follow().count(type) == (long) (wave + 1) * LIVE_AT_ONCE);
    }

    private void awaitNothingLeft() {
        await("no live state").atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> LiveStates.read(
                run.rig().kafka().bootstrapServers(), run.rig().settings().topics().sessions()).count() == 0);
    }

    /** Sockets take a moment to close, and pools to shrink. */
    private static Footprint settled(BridgeInstance bridge) {
        Footprint[] last = {bridge.footprint()};
        await("footprint at rest").atMost(PATIENCE).pollInterval(Duration.ofSeconds(3)).until(() -> {
            Footprint former = last[0];
            last[0] = bridge.footprint();
            return former.threads() == last[0].threads() && former.descriptors() == last[0].descriptors();
        });
        return last[0];
    }

    private void assertEachWasHeardAndAnsweredOnce() {
        Map<String, List<Said>> texts = published.texts();
        List<SessionReport> sessions = run.rig().platform().sessions();
        assertThat(sessions).hasSize((WAVES + 1) * LIVE_AT_ONCE);
        assertThat(sessions).allSatisfy(session -> {
            assertThat(session.texts()).containsExactly("hello");
            assertThat(session.status()).isEqualTo("ended");
            List<Said> heard = texts.get(session.displayName().replace("Guest ", ""));
            assertThat(heard).extracting(Said::text).containsExactly("You said: hello");
        });
        assertThat(published.count("request-failed")).isZero();
    }

    private static List<String> chats(int wave) {
        return IntStream.range(0, LIVE_AT_ONCE).mapToObj(number -> "chat-" + wave + "-" + number).toList();
    }
}
