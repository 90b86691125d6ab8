package io.guestchat.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.ContractRules;
import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What is promised under a fault: nothing lost, doubled or out of order, no chat ended, no request refused, each loss of a socket
 * told once.
 *
 * @param fewest losses of its socket that each chat has to be told
 * @param most losses of its socket that a chat may be told
 */
record Verdict(Conversations conversations, OutsideSystem outside, int fewest, int most) {

    private static final String LOST = "session-lost";
    private static final String RESUMED = "session-resumed";

    /** Waits until everything has arrived and each socket is back; what never comes is for {@link #check}. */
    void awaitQuiet(Duration patience) {
        try {
            await().atMost(patience).pollInterval(Duration.ofMillis(500)).until(() -> conversations.toAgent().tally().lost() == 0
                    && conversations.toGuest().tally().lost() == 0
                    && conversations.published().count(LOST) == conversations.published().count(RESUMED));
        } catch (ConditionTimeoutException notAll) {
            // The check says what is missing.
        }
    }

    void check() {
        SoftAssertions softly = new SoftAssertions();
        Direction toAgent = conversations.toAgent();
        Direction toGuest = conversations.toGuest();
        PublishedTexts published = conversations.published();
        softly.assertThat(toAgent.faulty()).as("chats whose guest texts are not as they were said; missing: %s", missing(toAgent))
                .isEmpty();
        softly.assertThat(toGuest.faulty()).as("chats whose agent texts are not as they were said; missing: %s", missing(toGuest))
                .isEmpty();
        softly.assertThat(published.idsOfTwoTexts()).as("ids that carry two texts").isEmpty();
        int chats = conversations.chats().size();
        for (String once : List.of("session-created", "session-connected", "conversation-assigned")) {
            softly.assertThat(published.count(once)).as(once).isEqualTo(chats);
        }
        for (String never : List.of("chat-ended", "request-failed")) {
            softly.assertThat(published.count(never)).as(never).isZero();
        }
        softly.assertThat(conversations.chats()).allSatisfy(chat -> lossesAreTold(chat, published.events(chat)));
        softly.assertAll();
    }

    private static List<String> missing(Direction direction) {
        List<String> missing = new ArrayList<>();
        direction.faulty().forEach((chat, tally) -> missing.addAll(direction.missing(chat)));
        return missing;
    }

    /** Each loss once, and each with its end: so the two take turns. */
    private void lossesAreTold(String chat, List<String> events) {
        List<String> told = events.stream().filter(type -> type.equals(LOST) || type.equals(RESUMED)).toList();
        for (int index = 0; index < told.size(); index++) {
            assertThat(told.get(index)).as("event %d of %s's losses %s", index, chat, told)
                    .isEqualTo(index % 2 == 0 ? LOST : RESUMED);
        }
        assertThat(told.size() % 2).as("a loss of %s without its end: %s", chat, told).isZero();
        assertThat(told.size() / 2).as("losses of %s", chat).isBetween(fewest, most);
    }

    /** Each request has its one outcome, the agent texts' numbers have no gap, and all else that is true of every record. */
    void checkContract() {
        assertThat(conversations.toAgent().tally()).isEqualTo(Tally.CLEAN);
        ContractRules.of(outside).check();
    }
}
