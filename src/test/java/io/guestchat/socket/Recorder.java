package io.guestchat.socket;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Both ends of a socket's news: its listener and its frames' processor. Writes down what came, in order, and whether it ever
 * came in parallel.
 */
final class Recorder extends AsyncProcessorSupport implements SocketListener {

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final Function<String, CompletionStage<?>> work;
    private volatile boolean parallel;
    private volatile String thread = "";

    Recorder() {
        this(text -> CompletableFuture.completedFuture(null));
    }

    /** @param work a frame is done when this stage is */
    Recorder(Function<String, CompletionStage<?>> work) {
        this.work = work;
    }

    List<String> events() {
        return events;
    }

    List<String> texts() {
        return events.stream().filter(event -> event.startsWith("text ")).map(event -> event.substring(5)).toList();
    }

    boolean sawParallelCalls() {
        return parallel;
    }

    String thread() {
        return thread;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        String text = exchange.getMessage().getBody(String.class);
        enter();
        thread = Thread.currentThread().getName();
        work.apply(text).whenComplete((nothing, failure) -> {
            events.add("text " + text);
            if (failure != null) {
                exchange.setException(failure);
            }
            leave();
            callback.done(false);
        });
        return false;
    }

    @Override
    public CompletionStage<?> opened(SessionSocket socket) {
        return note("opened");
    }

    @Override
    public CompletionStage<?> refused(HandshakeRefusal refusal) {
        return note("refused " + refusal.status() + " " + refusal.retryAfter() + " " + refusal.cause());
    }

    @Override
    public CompletionStage<?> pong(long ping) {
        return note("pong " + ping);
    }

    @Override
    public CompletionStage<?> closed(Integer closeCode, String reason, String cause) {
        return note("closed " + closeCode + " " + reason + " " + cause);
    }

    @Override
    public CompletionStage<?> unreadable(int bytes) {
        return note("unreadable " + bytes);
    }

    private CompletionStage<?> note(String event) {
        enter();
        events.add(event);
        leave();
        return CompletableFuture.completedFuture(null);
    }

    private void enter() {
        if (atOnce.incrementAndGet() > 1) {
            parallel = true;
        }
    }

    private void leave() {
        atOnce.decrementAndGet();
    }
}
