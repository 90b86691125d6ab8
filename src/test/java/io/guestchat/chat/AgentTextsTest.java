package io.guestchat.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.state.SessionRecord.StoredText;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgentTextsTest {

    @Test
    void givenTexts_whenNumbered_thenNumbersGoUpByOneFromWhereTheStateStood() {
        AgentTexts texts = new AgentTexts(41, List.of(), List.of());

        assertThat(texts.number("a")).isEqualTo(42);
        assertThat(texts.number("a")).isEqualTo(43);
        assertThat(texts.published()).isEqualTo(43);
    }

    @Test
    void givenManyTexts_whenNumbered_thenTheLastAreRememberedByHashOldestFirst() {
        // given
        AgentTexts texts = new AgentTexts(0, List.of(), List.of());

        // when
        for (int text = 0; text < AgentTexts.REMEMBERED + 3; text++) {
            texts.number("text " + text);
        }

        // then
        assertThat(texts.recentHashes()).hasSize(AgentTexts.REMEMBERED).doesNotHaveDuplicates()
                .startsWith(AgentTexts.hash("text 3")).endsWith(AgentTexts.hash("text " + (AgentTexts.REMEMBERED + 2)))
                .allSatisfy(hash -> assertThat(hash).matches("[A-Za-z0-9_-]{8}"));
    }

    @Test
    void givenAStateWithMoreHashesThanAreRemembered_whenTextsAreNumbered_thenTheNumberOfHashesComesDown() {
        // given
        List<String> many = IntStream.range(0, 40).mapToObj(Integer::toString).toList();

        // when
        AgentTexts texts = new AgentTexts(40, many, List.of());
        texts.number("new");

        // then
        assertThat(texts.recentHashes()).hasSize(AgentTexts.REMEMBERED).endsWith("39", AgentTexts.hash("new"));
    }

    @Test
    void givenTextsBeforeAConversation_whenPublished_thenTheyAreForgottenOneByOne() {
        AgentTexts texts = new AgentTexts(1, List.of(), List.of(new StoredText(1, "a", "at", null)));
        texts.keep(new StoredText(2, "b", "at", null));

        texts.forget(1);

        assertThat(texts.unpublished()).extracting(StoredText::n).containsExactly(2L);
        texts.forget(7);
        texts.forget(2);
        assertThat(texts.unpublished()).isEmpty();
    }
}
