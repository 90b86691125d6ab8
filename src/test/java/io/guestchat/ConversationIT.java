package io.guestchat;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.harness.BridgeRig;
import io.guestchat.harness.Received;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ConversationIT {

    private static BridgeRig rig;

    @BeforeAll
    static void startRig() {
        rig = BridgeRig.start();
    }

    @AfterAll
    static void stopRig() {
        rig.close();
    }

    @Test
    void givenAStart_whenTheGuestWritesAndEnds_thenTheWholeChatIsOnTheTopics() {
        // given
        rig.outside().start("chat-1", "r-1");
        Received created = rig.outside().awaitAnswer("chat-1", "session-created", "r-1");
        rig.outside().awaitEvent("chat-1", "session-connected");
        Received assigned = rig.outside().awaitEvent("chat-1", "conversation-assigned");

        // when
        rig.outside().message("chat-1", "r-2", "Hello");
        rig.outside().awaitAnswer("chat-1", "message-sent", "r-2");
        rig.outside().awaitAnswer("chat-1", "message-acknowledged", "r-2");
        List<Received> answers = rig.outside().awaitMessages("chat-1", 1);
        rig.outside().request("chat-1", "r-3", "end");
        Received ended = rig.outside().awaitAnswer("chat-1", "chat-ended", "r-3");

        // then
        String session = created.text("webchatSessionId");
        assertThat(assigned.text("webchatSessionId")).isEqualTo(session);
        assertThat(answers.get(0).text("text")).contains("Hello");
        assertThat(answers.get(0).text("id")).isEqualTo(session + "/1");
        assertThat(ended.text("reason")).isEqualTo("requested");
        assertThat(rig.platform().session(session).texts()).containsExactly("Hello");
    }
}
