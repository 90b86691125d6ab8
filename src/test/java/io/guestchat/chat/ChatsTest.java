package io.guestchat.chat;

import static io.guestchat.chat.ChatFixtures.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guestchat.chat.SessionState.Starting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatsTest {

    private static final int PARTITION = 0;
    private static final String ID = "chat-1";

    private final Chats chats = new Chats(5);

    @BeforeEach
    void ours() {
        chats.take(PARTITION, 3, 0, List.of());
    }

    @Test
    void givenAStart_whenAChatBegins_thenItIsFoundAndKnowsItsOwnership() {
        Chat chat = chats.begin(request(100));

        assertThat(chats.find(PARTITION, ID)).isSameAs(chat);
        assertThat(chats.find(PARTITION, "other")).isNull();
        assertThat(chats.find(1, ID)).isNull();
        assertThat(chat.state()).isInstanceOf(Starting.class);
        assertThat(chat.custody().generation()).isEqualTo(3);
        assertThat(chat.custody().hadFormerOwner()).as("its session is ours from the first").isFalse();
        assertThat(chat.progress().lastOffset()).isEqualTo(-1);
        assertThat(chats.isCurrent(chat)).isTrue();
    }

    @Test
    void givenAPartitionThatIsNotOurs_whenAChatBegins_thenItIsRefused() {
        chats.drop(PARTITION);

        assertThatThrownBy(() -> chats.begin(request(100))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void givenAChatThatIsStarting_whenItsStartComesAgain_thenItIsTheSameChat() {
        Chat chat = chats.begin(request(100));

        assertThat(chats.begin(request(100))).isSameAs(chat);
    }

    @Test
    void givenAnEndedChat_whenItsIdIsUsedAgain_thenTurnAndLastOffsetPassOn() {
        // given
        Chat former = chats.begin(request(100));
        finish(former, 100);
        end(former);

        // when
        Chat chat = chats.begin(request(105));

        // then
        assertThat(chat).isNotSameAs(former);
        assertThat(chat.turn()).isSameAs(former.turn());
        assertThat(chat.progress().lastOffset()).isEqualTo(100);
        assertThat(chat.progress().isPast(100)).isTrue();
        assertThat(chat.session()).isNull();
        assertThat(chats.isCurrent(former)).isFalse();
        assertThat(chats.isCurrent(chat)).isTrue();
    }

    @Test
    void givenAnIdThatWasTakenAgain_whenTheFormerChatIsForgotten_thenTheNewOneStays() {
        Chat former = chats.begin(request(100));
        end(former);
        Chat chat = chats.begin(request(105));

        chats.forget(former);

        assertThat(chats.find(PARTITION, ID)).isSameAs(chat);
        chats.forget(chat);
        assertThat(chats.find(PARTITION, ID)).isNull();
    }

    @Test
    void givenChatsThatAreOver_whenTheGroupHasCommittedBeyondThem_thenTheyAreTakenOnce() {
        // given
        Chat chat = chats.begin(request(100));
        finish(chat, 100);
        end(chat);
        chats.over(chat);

        // then
        assertThat(forgettable(PARTITION, 100)).isEmpty();
        assertThat(forgettable(PARTITION, 101)).containsExactly(chat);
        assertThat(forgettable(PARTITION, 101)).isEmpty();
        assertThat(forgettable(7, 101)).isEmpty();
    }

    @Test
    void givenAChatThatIsOver_whenARequestOfItIsOpen_thenItIsNotForgotten() {
        // given
        Chat chat = chats.begin(request(100));
        Request open = request(101);
        chat.progress().take(open);
        end(chat);
        chats.over(chat);

        // then
        assertThat(forgettable(PARTITION, 1_000)).isEmpty();
        chat.progress().finish(open);
        assertThat(forgettable(PARTITION, 102)).containsExactly(chat);
    }

    @Test
    void givenAPartition_whenItIsDropped_thenItsChatsAreReleasedAndNothingOfThemIsDone() {
        // given
        Chat chat = chats.begin(request(100));
        chats.behind(chat);

        // when
        List<Chat> dropped = chats.drop(PARTITION);

        // then
        assertThat(dropped).containsExactly(chat);
        assertThat(chat.isReleased()).isTrue();
        assertThat(chats.isCurrent(chat)).isFalse();
        assertThat(chats.drop(PARTITION)).isEmpty();
        chats.take(PARTITION, 4, 0, List.of());
        chats.over(chat);
        assertThat(forgettable(PARTITION, 1_000)).isEmpty();
        assertThat(written()).isEmpty();
    }

    @Test
    void givenAPartitionThatCameBack_whenTheFormerChatIsAsked_thenItIsNotCurrent() {
        // given
        Chat former = chats.begin(request(100));
        chats.drop(PARTITION);
        Chat restored = chats.restored(former.key(), new Turn(), new Starting(request(100)), ChatMemory.fresh(ChatProgress.Reached.NOTHING), 4, 200);

        // when
        chats.take(PARTITION, 4, 0, List.of(restored));

        // then
        assertThat(chats.isCurrent(former)).isFalse();
        assertThat(chats.find(PARTITION, ID)).isSameAs(restored);
        chats.forget(former);
        assertThat(chats.find(PARTITION, ID)).isSameAs(restored);
    }

    @Test
    void givenAChatWhoseStateIsBehind_whenItIsSaidTwice_thenItIsWrittenOnceUntilItIsBehindAgain() {
        Chat chat = chats.begin(request(100));
        chats.behind(chat);
        chats.behind(chat);

        assertThat(written()).containsExactly(chat);
        assertThat(written()).isEmpty();
        assertThat(chat.custody().isDirty()).isTrue();
        chat.custody().clean();
        chats.behind(chat);
        assertThat(written()).containsExactly(chat);
    }

    @Test
    void givenLiveAndEndedChats_whenCounted_thenOnlyTheLiveOnesAre() {
        Chat chat = chats.begin(request(100));

        assertThat(chats.live()).isEqualTo(1);
        assertThat(chats.hasLive(1)).isTrue();
        assertThat(chats.hasLive(2)).isFalse();
        assertThat(chats.all()).containsExactly(chat);
        assertThat(chats.of(PARTITION)).containsExactly(chat);
        assertThat(chats.of(9)).isEmpty();
        end(chat);
        assertThat(chats.live()).isZero();
        assertThat(chats.hasLive(1)).isFalse();
    }

    @Test
    void givenAChat_whenPrinted_thenItSaysItsIdAndState() {
        assertThat(chats.begin(request(100))).hasToString("Chat[chat-1, starting]");
    }

    private List<Chat> written() {
        List<Chat> written = new ArrayList<>();
        chats.writeBehind(written::add);
        return written;
    }

    private static void finish(Chat chat, long offset) {
        Request request = request(offset);
        chat.progress().take(request);
        chat.progress().finish(request);
    }

    private static void end(Chat chat) {
        chat.become(((Starting) chat.state()).abandoned());
    }

    /** What is handed on when the group has committed so far. */
    private List<Chat> forgettable(int partition, long committed) {
        chats.committed(partition, committed);
        List<Chat> forgotten = new ArrayList<>();
        chats.forgetOver(forgotten::add);
        return forgotten;
    }
}
