package io.guestchat.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CutTextTest {

    @Test
    void givenATextThatFits_whenCut_thenItIsWhole() {
        assertThat(CutText.toFit("abc", 3)).isEqualTo("abc");
        assertThat(CutText.toFit("", 0)).isEmpty();
    }

    @Test
    void givenOneThatDoesNot_whenCut_thenItsBeginningAndAMarkFit() {
        assertThat(CutText.toFit("abcdef", 5)).isEqualTo("ab…");
        assertThat(CutText.toFit("\"\"\"\"", 7)).isEqualTo("\"\"…");
    }

    @Test
    void givenPairsOfSurrogates_whenCut_thenNoneIsHalved() {
        assertThat(CutText.toFit("😀😀😀", 10)).isEqualTo("😀…");
    }

    @Test
    void givenAnyText_whenCut_thenAsJsonItIsNeverLongerThanTheRoom() throws Exception {
        // given
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            String text = random.ints(60, 0, 0x11000).filter(point -> point < 0xD800 || point > 0xDFFF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();

            // when
            int room = 3 + random.nextInt(150);
            String cut = CutText.toFit(text, room);

            // then
            assertThat(new ObjectMapper().writeValueAsString(cut).getBytes(StandardCharsets.UTF_8).length - 2)
                    .isLessThanOrEqualTo(room);
            assertThat(cut.equals(text) || text.startsWith(cut.substring(0, cut.length() - 1)) && cut.endsWith("…")).isTrue();
        }
    }
}
