package io.guestchat.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void givenAText_whenItComesBackInSomeRecord_thenItsNumberAndTimeAreFound() {
        String text = Texts.text(4711, -12_345_678_901L);

        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSize(Texts.BYTES);
        assertThat(read("{\"id\":\"ws-1/7\",\"text\":\"" + text + "\",\"at\":\"2026-11-22T00:00:00.000Z\"}"))
                .isEqualTo(new Texts.Said(4711, -12_345_678_901L));
    }

    @Test
    void givenTheLongestNumbers_whenATextIsMade_thenItHasTheSameSize() {
        assertThat(Texts.text(Integer.MAX_VALUE, Long.MIN_VALUE)).hasSize(Texts.BYTES);
    }

    @Test
    void givenAForeignText_whenRead_thenItIsRefused() {
        assertThatThrownBy(() -> read("{\"text\":\"Hello @ all\"}")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givenAChat_whenItsKeyIsRead_thenItIsTheSameChat() {
        assertThat(ChatNames.chat(ChatNames.key(0))).isZero();
        assertThat(ChatNames.chat(ChatNames.key(109_876))).isEqualTo(109_876);
    }

    private static Texts.Said read(String record) {
        return Texts.read(record.getBytes(StandardCharsets.UTF_8));
    }
}
