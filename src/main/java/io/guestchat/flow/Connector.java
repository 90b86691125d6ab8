package io.guestchat.flow;

import io.guestchat.chat.Chat;
import io.guestchat.chat.Session;
import io.guestchat.dialect.Dialect;
import io.guestchat.platform.AccessToken;
import io.guestchat.platform.AccessTokens;
import io.guestchat.platform.CallBreaker;
import io.guestchat.platform.CallPace;
import io.guestchat.platform.Timer;
import io.guestchat.socket.HandshakeRefusal;
import io.guestchat.socket.SessionWebsocketComponent;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.apache.camel.AsyncProcessor;

/**
 * Opens a chat's socket, at the pace of {@code genesys.connect.per-minute}, with the token that everybody shares. While the
 * platform answers no handshake, or throttles them, all wait in one line, and one of them asks ({@link CallBreaker}).
 *
 * <p>At most one attempt of a chat is under way, for a session's second socket displaces its first: who asks meanwhile has asked
 * for what is being done. An attempt ends where the {@code socket-…} routes hear of it ({@link Sockets}). One that nobody wants
 * any more has no end, and needs none: a chat that is over, or being given away, stays so. To be called in the chat's turn.
 */
public final class Connector {

    /** The cause of a refusal that is not the platform's: no handshake was tried. */
    static final String NO_TOKEN = "NoToken";

    private final Dialect dialect;
    private final URI websocketUrl;
    private final SessionWebsocketComponent sockets;
    private final AccessTokens tokens;
    private final CallPace pace;
    private final Timer timer;
    private final Flows flows;
    private final AsyncProcessor frames;
    private final Executor workers;
    private final HandshakeOutcome outcome;

    /** @param frames {@code direct:frame} */
    public Connector(Dialect dialect, URI websocketUrl, SessionWebsocketComponent sockets, AccessTokens tokens, CallPace pace,
            Clock clock, Timer timer, Flows flows, AsyncProcessor frames, Executor workers) {
        this.dialect = dialect;
        this.websocketUrl = websocketUrl;
        this.sockets = sockets;
        this.tokens = tokens;
        this.pace = pace;
        this.timer = timer;
        this.flows = flows;
        this.frames = frames;
        this.workers = workers;
        this.outcome = new HandshakeOutcome(pace.breaker(), clock);
    }

    /** Whether whoever connects now waits until another chat's handshake has succeeded. */
    boolean isHeld() {
        return pace.breaker().holds().isPresent();
    }

    /** Opens the socket of the chat's session after a while; what comes of it is told to the {@code socket-…} routes. */
    void connectAfter(Chat chat, Duration delay) {
        if (chat.reconnecting().begin()) {
            timer.after(delay, () -> workers.execute(() -> attempt(chat)));
        }
    }

    /** Opens the socket of the chat's session; what comes of it is told to the {@code socket-…} routes. Returns at once. */
    void connect(Chat chat) {
        if (chat.reconnecting().begin()) {
            attempt(chat);
        }
    }

    /**
     * Opens the socket of an ended chat's session, so that it can be closed with the code that ends the session at the platform.
     * Tried once: where the session is over there, the handshake is refused, and that is all.
     */
    void connectToHangUp(Chat chat) {
        if (chat.reconnecting().begin()) {
            attempt(chat, () -> true);
        }
    }

    private void attempt(Chat chat) {
        attempt(chat, () -> !chat.isReleased() && !chat.custody().isLeaving() && chat.isLive());
    }

    private void attempt(Chat chat, BooleanSupplier wanted) {
        pace.turn(0)
                .thenCompose(turn -> tokens.current())
                .whenCompleteAsync((token, failure) -> {
                    boolean connects = failure == null && wanted.getAsBoolean();
                    if (!connects) {
                        // Where there was no turn, because the bridge stops, nobody waits for one either.
                        pace.breaker().unused();
                    }
                    if (connects) {
                        open(chat, token);
                    } else if (failure != null && wanted.getAsBoolean()) {
                        flows.start("socket-refused", chat, new HandshakeRefusal(null, null, NO_TOKEN));
                    }
                }, workers);
    }

    private void open(Chat chat, AccessToken token) {
        Session session = chat.session();
        String uri = dialect.socket(websocketUrl, session.webchatSessionId()).toString();
        SocketEvents events = new SocketEvents(chat, token, flows, outcome);
        try {
            sockets.open(uri, token.bearer(), new FrameIntake(chat, events, frames), events);
        } catch (IllegalStateException stopped) {
            // The bridge stops; whoever takes the chat up next opens its socket.
            pace.breaker().unused();
            chat.custody().giveAway();
        }
    }
}
