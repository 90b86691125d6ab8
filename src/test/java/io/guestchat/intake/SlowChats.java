package io.guestchat.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Work that takes a random while, on no thread; writes down what was carried out, in which order, and how much at once. */
final class SlowChats implements RequestWork, AutoCloseable {
    private static final int LONGEST_MILLIS = 20;

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final Random random = new Random(42);
    private final Map<String, List<String>> carriedOut = new ConcurrentHashMap<>();
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();
    private final AtomicInteger overlapsOfOneChat = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void carryOut(RequestRecord record, Runnable whenFinished) {
        String chat = new String(record.key(), UTF_8);
        if (!inProgress.add(chat)) {
            overlapsOfOneChat.incrementAndGet();
        }
        mostAtOnce.accumulateAndGet(inProgress.size(), Math::max);
        int delay;
        synchronized (random) {
            delay = random.nextInt(LONGEST_MILLIS);
        }
        scheduler.schedule(() -> {
            carriedOut.computeIfAbsent(chat, c -> new CopyOnWriteArrayList<>()).add(new String(record.value(), UTF_8));
            count.incrementAndGet();
            inProgress.remove(chat);
            whenFinished.run();
        }, delay, TimeUnit.MILLISECONDS);
    }

    int count() {
        return count.get();
    }

    int chats() {
        return carriedOut.size();
    }

    int distinct() {
        return carriedOut.values().stream().mapToInt(values -> Set.copyOf(values).size()).sum();
    }

    int overlapsOfOneChat() {
        return overlapsOfOneChat.get();
    }

    int mostAtOnce() {
        return mostAtOnce.get();
    }

    /** Each chat's values in the order of their first execution. */
    Map<String, List<String>> firstExecutions() {
        Map<String, List<String>> firsts = new ConcurrentHashMap<>();
        carriedOut.forEach((chat, values) -> firsts.put(chat, List.copyOf(new LinkedHashSet<>(values))));
        return firsts;
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
