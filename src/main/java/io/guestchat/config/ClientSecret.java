package io.guestchat.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the client's secret from its key or from the file that its other key names. A fault never shows any of the content. */
final class ClientSecret {

    private ClientSecret() {
    }

    /**
     * @param home where a relative file name starts
     * @return null where it is at fault; the fault is noted
     */
    static Secret read(Values values, Path home) {
        Optional<String> given = values.given(Key.GENESYS_CLIENT_SECRET);
        Optional<String> file = values.given(Key.GENESYS_CLIENT_SECRET_FILE);
        if (given.isPresent() && file.isPresent()) {
            values.fault(Key.GENESYS_CLIENT_SECRET, "given twice; leave out either this or genesys.client-secret-file");
            return null;
        }
        if (given.isPresent()) {
            return new Secret(given.get());
        }
        if (file.isPresent()) {
            return fromFile(values, home, file.get());
        }
        values.fault(Key.GENESYS_CLIENT_SECRET, "missing; it has no default (genesys.client-secret-file names a file instead)");
        return null;
    }

    private static Secret fromFile(Values values, Path home, String name) {
        String problem;
        try {
            // Editors and secret stores put a line end behind it.
            String content = Files.readString(home.resolve(name)).trim();
            if (!content.isEmpty()) {
                return new Secret(content);
            }
            problem = "the file is empty";
        } catch (NoSuchFileException | InvalidPathException e) {
            problem = "no such file";
        } catch (CharacterCodingException e) {
            problem = "the file is not text in UTF-8";
        } catch (IOException e) {
            problem = "the file cannot be read (" + e.getClass().getSimpleName() + ")";
        }
        values.fault(Key.GENESYS_CLIENT_SECRET_FILE, problem + ": " + Values.shown(name));
        return null;
    }
}
