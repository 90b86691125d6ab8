package io.guestchat.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.fuzz.Texts;
import io.netty.buffer.Unpooled;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However the platform cuts its messages into frames, and whatever it sends between them, the same messages come out in order. */
class AnyFragmentsTest {

    private static final int LARGEST = 200;

    /** A message and where it is cut. */
    record Message(byte[] bytes, boolean text, List<Integer> cuts, boolean pongsBetween) {

        /** What is to come out of it. */
        Signal signal() {
            if (text) {
                try {
                    return new Signal.Text(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
                } catch (CharacterCodingException notUtf8) {
                    return new Signal.Unreadable(bytes.length);
                }
            }
            return new Signal.Unreadable(bytes.length);
        }

        List<WebSocketFrame> frames() {
            List<Integer> ends = new ArrayList<>(cuts.stream().map(cut -> bytes.length == 0 ? 0 : cut % bytes.length).sorted().toList());
            ends.add(bytes.length);
            List<WebSocketFrame> frames = new ArrayList<>();
            int begin = 0;
            for (int i = 0; i < ends.size(); i++) {
                WebSocketFrameType type = i > 0 ? WebSocketFrameType.CONTINUATION : text ? WebSocketFrameType.TEXT : WebSocketFrameType.BINARY;
                frames.add(frame(type, Arrays.copyOfRange(bytes, begin, ends.get(i)), i == ends.size() - 1));
                begin = ends.get(i);
                if (pongsBetween) {
                    frames.add(frame(WebSocketFrameType.PONG, Arrays.copyOf(bytes, Math.min(bytes.length, 8)), true));
                }
            }
            return frames;
        }

        private static WebSocketFrame frame(WebSocketFrameType type, byte[] bytes, boolean last) {
            return new WebSocketFrameImpl(type, Unpooled.wrappedBuffer(bytes), last);
        }
    }

    @Property
    void givenMessagesCutAnywhere_whenTheirFramesCome_thenTheMessagesComeOutInOrder(@ForAll("messages") List<Message> messages)
            throws MessageTooBigException {
        List<Signal> came = new ArrayList<>();
        FrameReader reader = new FrameReader(inbox(came), new PingLedger(), LARGEST);

        for (Message message : messages) {
            for (WebSocketFrame frame : message.frames()) {
                reader.read(frame);
            }
        }

        assertThat(came).isEqualTo(messages.stream().map(Message::signal).toList());
    }

    @Property(tries = 300)
    void givenAMessageOverTheLimit_whenItsFramesCome_thenNothingOfItNorAfterItIsTold(@ForAll("messages") List<Message> messages,
            @ForAll("cuts") List<Integer> cuts, @ForAll boolean text) throws MessageTooBigException {
        List<Signal> came = new ArrayList<>();
        FrameReader reader = new FrameReader(inbox(came), new PingLedger(), LARGEST);
        boolean refused = false;

        for (WebSocketFrame frame : new Message(new byte[LARGEST + 1], text, cuts, false).frames()) {
            try {
                reader.read(frame);
            } catch (MessageTooBigException tooBig) {
                refused = true;
            }
        }
        for (Message message : messages) {
            for (WebSocketFrame frame : message.frames()) {
                reader.read(frame);
            }
        }

        assertThat(refused).isTrue();
        assertThat(came).isEmpty();
    }

    private static Inbox inbox(List<Signal> came) {
        return new Inbox(Runnable::run, SocketOptions.defaults(), new Inbox.Owner() {
            @Override
            public CompletionStage<?> handle(Signal signal) {
                came.add(signal);
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void full() {
                throw new AssertionError("nothing waits");
            }

            @Override
            public void roomAgain() {
                throw new AssertionError("it was not full");
            }

            @Override
            public void workersGone() {
                throw new AssertionError("the test's thread is there");
            }
        });
    }

    @Provide
    Arbitrary<List<Message>> messages() {
        Arbitrary<byte[]> contents = Arbitraries.oneOf(Texts.unicode().map(text -> text.getBytes(StandardCharsets.UTF_8)), Texts.bytes())
                .map(bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, LARGEST)));
        return Combinators.combine(contents, Arbitraries.of(true, true, false), cuts(), Arbitraries.of(true, false)).as(Message::new)
                .list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(0, LARGEST).list().ofMaxSize(6);
    }
}
