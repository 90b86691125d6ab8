package io.guestchat.fuzz;

import io.guestchat.simulator.SimulatorControl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import net.jqwik.api.sessions.JqwikSession;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Records and frames that nobody would send, and some that somebody would. A seed makes the same ones again. */
public final class Junk {

    private static final String SEED = "fuzz.seed";
    private static final int SIZE = 1000;
    private static final int CHATS = 12;
    private static final int HUGE = 900_000;

    private final Random random;
    private final Arbitrary<byte[]> values = Arbitraries.frequencyOf(Tuple.of(4, Requests.valid().map(Requests.Valid::bytes)),
            Tuple.of(4, Requests.mutated().map(Junk::utf8)), Tuple.of(3, JsonTexts.documents().map(Junk::utf8)), Tuple.of(2, Texts.bytes()));
    private final Arbitrary<byte[]> keys = Arbitraries.oneOf(Texts.bytes(), Texts.unicode().map(Junk::utf8),
            Arbitraries.integers().between(199, 201).map("é"::repeat).map(Junk::utf8));
    private final Arbitrary<String> frames = Arbitraries.oneOf(JsonTexts.documents(), Texts.utf16());

    private Junk(long seed) {
        random = new Random(seed);
    }

    /** Of a new seed, which is printed, or of the one in {@code -Dfuzz.seed}. */
    public static Junk fromSeed() {
        long seed = Long.getLong(SEED, System.nanoTime());
        System.out.println("junk of -D" + SEED + "=" + seed);
        return new Junk(seed);
    }

    /** A record of the requests topic. Of a dozen chats, or of a key that may name one or not. */
    public ProducerRecord<byte[], byte[]> record(String topic) {
        byte[] key = switch (random.nextInt(10)) {
            case 0 -> null;
            case 1, 2 -> any(keys);
            default -> utf8("victim-" + random.nextInt(CHATS));
        };
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, null, timestamp(), key, value());
        for (int header = random.nextInt(4); header > 0; header--) {
            header(record.headers());
        }
        return record;
    }

    private byte[] value() {
        int kind = random.nextInt(100);
        if (kind == 0) {
            return null;
        }
        return kind == 1 ? utf8("{\"type\":\"message\",\"text\":\"" + "x".repeat(HUGE) + "\"}") : any(values);
    }

    /** Most are new; some are older than requests may be, or ahead of us. */
    private long timestamp() {
        Duration age = switch (random.nextInt(20)) {
            case 0 -> Duration.ofDays(2);
            case 1 -> Duration.ofDays(-2);
            default -> Duration.ZERO;
        };
        return System.currentTimeMillis() - age.toMillis();
    }

    private void header(Headers headers) {
        String name = switch (random.nextInt(4)) {
            case 0 -> "traceparent";
            case 1 -> "ce_" + random.nextInt(3);
            case 2 -> "__connect.errors.topic";
            default -> any(Texts.unicode());
        };
        headers.add(name, random.nextInt(5) == 0 ? null : any(Texts.bytes()));
    }

    /** Sends one to a session's socket: a text or not, whole or in fragments. */
    public void frame(SimulatorControl platform, String session) {
        String frame = any(frames);
        switch (random.nextInt(4)) {
            case 0 -> platform.pushBinary(session, any(Texts.bytes()));
            case 1 -> {
                int cut = frame.offsetByCodePoints(0, random.nextInt(frame.codePointCount(0, frame.length()) + 1));
                platform.push(session, frame.substring(0, cut), "", frame.substring(cut));
            }
            default -> platform.push(session, frame);
        }
    }

    private <T> T any(Arbitrary<T> arbitrary) {
        Object[] drawn = new Object[1];
        JqwikSession.run(() -> drawn[0] = arbitrary.generator(SIZE).next(random).value());
        @SuppressWarnings("unchecked")
        T value = (T) drawn[0];
        return value;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
