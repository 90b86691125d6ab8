package io.guestchat.chat;

import static io.guestchat.chat.ChatFixtures.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestchat.chat.SessionState.CatchingUp;
import io.guestchat.chat.SessionState.Connected;
import io.guestchat.chat.SessionState.Connecting;
import io.guestchat.chat.SessionState.Ended;
import io.guestchat.chat.SessionState.Live;
import io.guestchat.chat.SessionState.Lost;
import io.guestchat.chat.SessionState.Open;
import io.guestchat.chat.SessionState.Starting;
import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.Failure;
import io.guestchat.socket.SessionSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SessionStateTest {

    private static final SessionSocket FIRST = new NoSocket();
    private static final SessionSocket SECOND = new NoSocket();

    private final Starting starting = new Starting(request(1));
    private final Connecting connecting = starting.created("ws");

    @Test
    void givenAStart_whenTheSessionIsMade_thenItHasNoConversationAndWasNeverConnected() {
        assertThat(starting.durableName()).isEqualTo("starting");
        assertThat(connecting).isEqualTo(new Connecting(new Session("ws", null, false)));
        assertThat(connecting.durableName()).isEqualTo("connecting");
    }

    @Test
    void givenAStart_whenItFails_thenThereIsNoSessionAndNoReason() {
        assertThat(starting.abandoned()).isEqualTo(new Ended(null, null, null, Cause.NONE));
        assertThat(starting.abandoned().durableName()).isEqualTo("ended");
    }

    @Test
    void givenASocket_whenItOpensTheFirstTime_thenTheChatFlowsAtOnce() {
        Open open = connecting.opened(FIRST);

        assertThat(open).isEqualTo(new Open(new Session("ws", null, true), FIRST));
        assertThat(open.durableName()).isEqualTo("connected");
    }

    @Test
    void givenAnOpenSocket_whenItIsLostAndOpenedAgain_thenTheChatCatchesUpBeforeItFlows() {
        Lost lost = connecting.opened(FIRST).lost();
        assertThat(lost.durableName()).isEqualTo("lost");

        CatchingUp catchingUp = lost.reopened(SECOND);
        assertThat(catchingUp.durableName()).isEqualTo("lost");
        assertThat(catchingUp.lost()).isEqualTo(lost);
        assertThat(catchingUp.caughtUp()).isEqualTo(new Open(new Session("ws", null, true), SECOND));
    }

    @Test
    void givenAnUnconnectedSessionOfAFormerOwner_whenItIsCaughtUp_thenItIsConnectedAndWasNotBefore() {
        // given: the former owner's socket may have been open, but nobody has been told so.
        Lost lost = new Lost(new Session("ws", null, false));

        // then
        assertThat(lost.durableName()).isEqualTo("connecting");
        assertThat(lost.reopened(FIRST).durableName()).isEqualTo("connecting");
        assertThat(lost.reopened(FIRST).session().connectedBefore()).isFalse();
        assertThat(lost.reopened(FIRST).caughtUp().session().connectedBefore()).isTrue();
    }

    @Test
    void givenASocket_whenAConversationIsAssigned_thenItStaysThroughEverything() {
        for (Connected connected : List.of(connecting.opened(FIRST), connecting.opened(FIRST).lost().reopened(SECOND))) {
            Connected assigned = connected.assigned("c");

            assertThat(assigned).hasSameClassAs(connected);
            assertThat(assigned.session()).isEqualTo(new Session("ws", "c", true));
            assertThat(assigned.socket()).isSameAs(connected.socket());
            assertThat(assigned.lost().reopened(SECOND).caughtUp().session().conversationId()).isEqualTo("c");
            assertThatThrownBy(() -> assigned.assigned("other")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> assigned.assigned("c")).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void givenAnyLiveState_whenItEnds_thenTheEndSaysWhyAndOfWhichSession() {
        Failure failure = Failure.of(ErrorCode.FORBIDDEN, "no", 403);
        Cause cause = new Cause("r-1", null);
        for (Live live : List.of(connecting, connecting.opened(FIRST), connecting.opened(FIRST).lost(),
                connecting.opened(FIRST).lost().reopened(SECOND))) {
            assertThat(live.ended(EndReason.FAILED, failure, cause))
                    .isEqualTo(new Ended(live.session(), EndReason.FAILED, failure, cause));
        }
    }

    @Test
    void givenTheReasonsOfAnEnd_whenWrittenAndRead_thenTheyAreTheContractsWords() {
        assertThat(EndReason.values()).extracting(EndReason::word)
                .containsExactly("requested", "closed-by-platform", "expired", "idle", "failed");
        for (EndReason reason : EndReason.values()) {
            assertThat(EndReason.of(reason.word())).isSameAs(reason);
        }
        assertThatThrownBy(() -> EndReason.of("other")).isInstanceOf(IllegalArgumentException.class);
    }

    private static final class NoSocket implements SessionSocket {

        @Override
        public CompletionStage<Void> write(String text) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public long ping() {
            return 0;
        }

        @Override
        public void close(int code, String reason) {
            // There is nothing to close.
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }
}
