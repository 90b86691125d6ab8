package io.guestchat.simulator;

import io.vertx.core.json.JsonObject;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** One socket of a guest: what came in on it, and how it ended. */
final class GuestChat implements WebSocket.Listener {

    private final List<JsonObject> frames = new CopyOnWriteArrayList<>();
    private final AtomicInteger pongs = new AtomicInteger();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<Void> mayAnswerClose = new CompletableFuture<>();
    private volatile WebSocket socket;
    private volatile boolean lingering;
    private volatile Integer closeCode;
    private volatile Throwable broken;

    GuestChat opened(WebSocket webSocket) {
        socket = webSocket;
        return this;
    }

    void sendText(String text, String conversationId) {
        JsonObject frame = new JsonObject().put("type", "text").put("text", text).put("messageDirection", "inbound");
        sendRaw((conversationId == null ? frame : frame.put("conversationId", conversationId)).encode());
    }

    void sendRaw(String frame) {
        socket.sendText(frame, true).join();
    }

    void ping() {
        socket.sendPing(ByteBuffer.allocate(0)).join();
    }

    void close(int code) {
        socket.sendClose(code, "").join();
    }

    /** From now on a close frame is not answered, so that the socket can still send. */
    void linger() {
        lingering = true;
    }

    /** Answers the close frame now. */
    void letGo() {
        mayAnswerClose.complete(null);
    }

    /** Everything that came in, in order. */
    List<JsonObject> frames() {
        return List.copyOf(frames);
    }

    List<JsonObject> frames(String type) {
        return frames.stream().filter(frame -> frame.getString("type").equals(type)).toList();
    }

    List<String> texts() {
        return frames("text").stream().map(frame -> frame.getString("text")).toList();
    }

    /** The conversation that the first frame with one told; null before. */
    String conversationId() {
        return frames.stream().map(frame -> frame.getString("conversationId")).filter(id -> id != null).findFirst().orElse(null);
    }

    int pongs() {
        return pongs.get();
    }

    /** The code of the platform's close frame; null where there was none. */
    Integer closeCode() {
        return closeCode;
    }

    /** What broke the connection without a close frame; null where nothing did. */
    Throwable broken() {
        return broken;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            frames.add(new JsonObject(partial.toString()));
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
        pongs.incrementAndGet();
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode = statusCode;
        return lingering ? mayAnswerClose : null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        broken = error;
    }
}
