package io.guestchat.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The root of the sources: Maven runs tests in the directory of the pom. */
final class Checkout {

    static final Path ROOT = Path.of("").toAbsolutePath();

    private Checkout() {
    }

    static String read(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
