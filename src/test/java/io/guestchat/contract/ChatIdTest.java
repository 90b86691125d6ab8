package io.guestchat.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "chat-1", "../..", "käse/ÄÖ?#", "\ud83d\ude00", "\u200d", "\ue000"})
    void givenAKeyOfVisibleCodePoints_whenRead_thenItIsTheChatId(String id) {
        assertThat(ChatId.read(id.getBytes(StandardCharsets.UTF_8))).contains(id);
    }

    @Test
    void givenTheLimit_whenRead_thenCodePointsCountAndNotCharactersOrBytes() {
        String pair = "\ud83d\ude00";

        assertThat(ChatId.read(pair.repeat(200).getBytes(StandardCharsets.UTF_8))).contains(pair.repeat(200));
        assertThat(ChatId.read(pair.repeat(201).getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(ChatId.read("x".repeat(200).getBytes(StandardCharsets.UTF_8))).isPresent();
        assertThat(ChatId.read("x".repeat(201).getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void givenNoKeyOrAnEmptyOne_whenRead_thenThereIsNone() {
        assertThat(ChatId.read(null)).isEmpty();
        assertThat(ChatId.read(new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x09, 0x0a, 0x0d, 0x1f, 0x20, 0x7f, 0x85, 0x9f, 0xa0, 0x1680, 0x2003, 0x2007, 0x2028, 0x2029, 0x202f, 0x3000})
    void givenAControlOrWhitespaceAnywhere_whenRead_thenThereIsNone(int codePoint) {
        String forbidden = Character.toString(codePoint);

        assertThat(ChatId.read(("a" + forbidden + "b").getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(ChatId.read(forbidden.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(ChatId.read(("a" + forbidden).getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void givenSurrogatesOrBrokenUtf8_whenRead_thenThereIsNone() {
        assertThat(ChatId.read(new byte[] {'a', (byte) 0xed, (byte) 0xa0, (byte) 0x80})).isEmpty();
        assertThat(ChatId.read(new byte[] {(byte) 0xff})).isEmpty();
        assertThat(ChatId.read(new byte[] {(byte) 0xc3})).isEmpty();
        assertThat(ChatId.read(new byte[] {(byte) 0xc0, (byte) 0x80})).isEmpty();
        assertThat(ChatId.read("a\ud800".getBytes(StandardCharsets.UTF_16BE))).isEmpty();
    }
}
