package io.guestchat.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a secret from its key or from the file that another key names. A fault never shows any of the content. */
final class SecretReader {

    private final Values values;
    private final Path home;

    /** @param home where a relative file name starts */
    SecretReader(Values values, Path home) {
        this.values = values;
        this.home = home;
    }

    /** @return null where it is missing or at fault; the fault is noted */
    Secret needed(Key key, Key fileKey) {
        if (values.given(key).isEmpty() && values.given(fileKey).isEmpty()) {
            values.fault(key, "missing; it has no default (" + fileKey.key() + " names a file instead)");
            return null;
        }
        return given(key, fileKey);
    }

    /** @return null where it is not given or at fault; the fault is noted */
    Secret given(Key key, Key fileKey) {
        Optional<String> given = values.given(key);
        Optional<String> file = values.given(fileKey);
        if (given.isPresent() && file.isPresent()) {
            values.fault(key, "given twice; leave out either this or " + fileKey.key());
            return null;
        }
        return given.map(Secret::new).orElseGet(() -> file.map(name -> fromFile(fileKey, name)).orElse(null));
    }

    private Secret fromFile(Key fileKey, String name) {
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
        values.fault(fileKey, problem + ": " + Values.shown(name));
        return null;
    }
}
