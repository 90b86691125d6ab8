package io.guestchat.packaging;

import java.util.regex.Pattern;

/**
 * The name of an image as a registry knows it.
 *
 * @param repository with the registry's host, where one is named
 * @param tag null for none, which engines read as {@code latest}
 * @param digest null for none
 */
record ImageName(String repository, String tag, String digest) {

    /** Three numbers: {@code 17} and {@code 17.0} are moved by their publisher from release to release. */
    private static final Pattern RELEASE = Pattern.compile("v?\\d+\\.\\d+\\.\\d+([._+-].*)?");

    static ImageName parse(String text) {
        String rest = text;
        String digest = null;
        int at = rest.indexOf('@');
        if (at >= 0) {
            digest = rest.substring(at + 1);
            rest = rest.substring(0, at);
        }
        // A colon before the last slash belongs to a registry's port.
        int colon = rest.indexOf(':', rest.lastIndexOf('/') + 1);
        return colon < 0
                ? new ImageName(rest, null, digest)
                : new ImageName(rest.substring(0, colon), rest.substring(colon + 1), digest);
    }

    /** Whether the name means one release, today and next year. */
    boolean pinned() {
        return digest != null || tag != null && RELEASE.matcher(tag).matches();
    }
}
