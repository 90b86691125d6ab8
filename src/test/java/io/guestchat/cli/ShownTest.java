package io.guestchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {

    @Test
    void givenWhatATerminalWouldObey_whenShown_thenItIsOneHarmlessLine() {
        assertThat(Shown.line("a\u001b[2J\nb\u009b1mc\u2028d\u202ee\u0000")).isEqualTo("a?[2J?b?1mc?d?e?");
    }

    @Test
    void givenTextInAnyScript_whenShown_thenItIsAsItIs() {
        assertThat(Shown.line("Grüße, ключ, 👩‍💻")).isEqualTo("Grüße, ключ, 👩‍💻");
    }

    @Test
    void givenBytesThatAreNoText_whenAsked_thenThereIsNone() {
        assertThat(Shown.text(new byte[] {(byte) 0xc3, 0x28})).isEmpty();
    }
}
