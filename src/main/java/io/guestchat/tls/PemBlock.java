package io.guestchat.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM file (RFC 7468): a label and what stands under it. Text between the blocks is a comment, as tools write it.
 *
 * @param body Base64, not decoded yet: a block of another label may be of another form
 */
record PemBlock(String label, String body) {

    private static final Pattern FORM = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final int LINE = 64;

    /** All blocks of a file, in its order. */
    static List<PemBlock> in(Path file) throws UnusablePemException {
        try {
            // No character of a block is beyond ASCII, and this decoding takes any comment.
            Matcher blocks = FORM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
            return blocks.results().map(block -> new PemBlock(block.group(1), block.group(2))).toList();
        } catch (NoSuchFileException e) {
            throw new UnusablePemException("no such file");
        } catch (IOException e) {
            throw new UnusablePemException("the file cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    static PemBlock of(String label, byte[] der) {
        return new PemBlock(label, Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der));
    }

    /** @throws IllegalArgumentException where it is not Base64 */
    byte[] der() {
        return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
    }

    /** As it stands in a file. */
    String text() {
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    /** Without the body: it may be a key. */
    @Override
    public String toString() {
        return "PemBlock[" + label + "]";
    }
}
