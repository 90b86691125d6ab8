package io.guestchat.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The load: guests talk, each text is echoed, and what comes back is measured. For one thread. */
final class Talk {

    /**
     * Texts of each chat under way in a closed loop. One would measure how soon an answer comes; some keep every step of the way
     * busy. They cannot pile up, so what is found is what is kept up, in one run and without a search.
     */
    private static final int UNDER_WAY = 4;

    private static final Duration SLICE = Duration.ofSeconds(5);
    private static final Duration RAMP = Duration.ofSeconds(1);
    private static final String DRIVER = "driver";

    private final BenchRun run;
    private final int chats;
    private volatile boolean going;
    private long latest;

    /** @param chats those from 0 on talk */
    Talk(BenchRun run, int chats) {
        this.run = run;
        this.chats = chats;
    }

    /** As fast as it goes, until the code is compiled and all buffers have their size: for so many texts, or so long. */
    void warmUp(int texts, Duration longest) {
        long enough = run.arrivals().sent() + texts;
        long end = System.nanoTime() + longest.toNanos();
        Duration slice = longest.compareTo(SLICE) < 0 ? longest : SLICE;
        do {
            closedLoop(slice);
        } while (run.arrivals().sent() < enough && System.nanoTime() < end);
    }

    /** The most: an echo is answered with the chat's next text. */
    Window closedLoop(Duration time) {
        run.reader().readEvents(false);
        going = true;
        run.reader().onText(chat -> {
            if (going) {
                run.requests().text(chat, System.nanoTime());
            }
        });
        for (int number = 0; number < UNDER_WAY; number++) {
            for (int chat = 0; chat < chats; chat++) {
                run.requests().text(chat, System.nanoTime());
            }
        }
        Patience.pass(RAMP);
        Measuring measuring = new Measuring();
        Patience.pass(time);
        measuring.end();
        going = false;
        run.awaitTexts();
        run.reader().onText(chat -> { });
        return measuring.window();
    }

    /** So many texts a second, each when its time has come, whatever has become of the others. */
    Window openLoop(int perSecond, Duration time) {
        run.reader().readEvents(false);
        latest = 0;
        long ramp = RAMP.toSeconds() * perSecond;
        long texts = time.toSeconds() * perSecond;
        Schedule schedule = new Schedule(System.nanoTime(), perSecond);
        send(schedule, 0, ramp);
        latest = 0;
        Measuring measuring = new Measuring();
        send(schedule, ramp, ramp + texts);
        measuring.end();
        run.awaitTexts();
        return measuring.window();
    }

    /** One text of each of these chats, at most so many a second: that they are alive is then known, and counted. */
    void oneTextEach(int from, int to, int perSecond) {
        Schedule schedule = new Schedule(System.nanoTime(), perSecond);
        for (int chat = from; chat < to; chat++) {
            long due = schedule.due(chat - from);
            waitUntil(due);
            run.requests().text(chat, due);
        }
        run.awaitTexts();
    }

    private void send(Schedule schedule, long from, long to) {
        for (long text = from; text < to; text++) {
            long due = schedule.due(text);
            waitUntil(due);
            latest = Math.max(latest, System.nanoTime() - due);
            run.requests().text(Schedule.chat(text, chats), due);
        }
    }

    private static void waitUntil(long due) {
        long left = due - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = due - System.nanoTime();
        }
    }

    /** From its making to its end. */
    private final class Measuring {
        private final Map<String, Double> cpu = new HashMap<>();
        private final long began;
        private long ended;
        private long arrived;

        Measuring() {
            addCpu(-1);
            began = System.nanoTime();
            run.meter().open(began);
        }

        void end() {
            ended = System.nanoTime();
            run.meter().close(ended);
            arrived = run.meter().arrived();
            addCpu(1);
        }

        private void addCpu(int sign) {
            run.processes().forEach(jvm -> cpu.merge(jvm.name(), sign * jvm.cpuSeconds(), Double::sum));
            cpu.merge(DRIVER, sign * CpuTime.seconds(ProcessHandle.current().pid()), Double::sum);
        }

        /** Once all texts have arrived. */
        Window window() {
            return new Window(arrived, (ended - began) / 1e9, run.meter().percentile(50), run.meter().percentile(99), cpu,
                    latest / 1e6);
        }
    }
}
