package io.guestchat.platform;

import java.util.concurrent.CompletionStage;

/** Asks for a new token, each time. */
@FunctionalInterface
interface TokenSource {

    /** Fails with a {@link io.guestchat.contract.RequestFailedException}. */
    CompletionStage<AccessToken> fetch();
}
