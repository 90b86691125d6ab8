package io.guestchat.contract;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The caller's own name for a conversation, the record key of everything (contract, "Topics"): 1 to 200 Unicode code points,
 * none of them a control, whitespace or surrogate.
 */
public final class ChatId {

    private static final int LONGEST = 200;

    private ChatId() {
    }

    /** The chat id that a record key holds; empty where the key is none. */
    public static Optional<String> read(byte[] key) {
        if (key == null) {
            return Optional.empty();
        }
        try {
            // A decoder of its own reports what new String(…) would replace: a key that is not UTF-8 names no chat.
            String id = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
            return isValid(id) ? Optional.of(id) : Optional.empty();
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    private static boolean isValid(String id) {
        int length = id.codePointCount(0, id.length());
        return length >= 1 && length <= LONGEST && id.codePoints().noneMatch(ChatId::isForbidden);
    }

    private static boolean isForbidden(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || LoneSurrogates.isOne(codePoint);
    }
}
