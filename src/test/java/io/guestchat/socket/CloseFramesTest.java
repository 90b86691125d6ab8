package io.guestchat.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class CloseFramesTest {

    @Test
    void givenAReasonThatFits_whenItIsCut_thenItIsTheSame() {
        assertThat(CloseFrames.cut("x".repeat(123))).isEqualTo("x".repeat(123));
        assertThat(CloseFrames.cut(null)).isNull();
    }

    @Test
    void givenALongReason_whenItIsCut_thenItFitsAndNoCharacterIsBroken() {
        String cut = CloseFrames.cut("x".repeat(121) + "😀😀");

        assertThat(cut).isEqualTo("x".repeat(121));
        assertThat(CloseFrames.cut("ü".repeat(100)).getBytes(StandardCharsets.UTF_8)).hasSize(122);
    }
}
