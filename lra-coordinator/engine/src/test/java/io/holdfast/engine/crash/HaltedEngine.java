package io.holdfast.engine.crash;

import io.holdfast.engine.Coordinator;
import io.holdfast.engine.Host;
import io.holdfast.engine.Settings;
import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Call;
import io.holdfast.engine.delivery.ParticipantDriver;
import io.holdfast.engine.delivery.RetryPolicy;
import io.holdfast.engine.log.DirectoryDisk;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.time.Clock;
import io.holdfast.engine.time.ThreadTimers;
import io.holdfast.engine.time.Timers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A JVM with the real engine on a real directory under a scripted load, which is halted at a point. It tells on its standard output
 * what it asks, what was acknowledged and whom it calls; the answers of the participants come on its standard input.
 */
final class HaltedEngine implements ParticipantDriver {
    static final Duration RETRY = Duration.ofMillis(5);
    static final Settings SETTINGS = Settings.FOR_LRAS.withRetries(new RetryPolicy(RETRY, 1, RETRY, 0));
    private static final int THREADS = 3;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Halt halt;
    private final Map<Integer, CompletableFuture<Answer>> calls = new ConcurrentHashMap<>();
    private final AtomicInteger lastCall = new AtomicInteger();

    private HaltedEngine(String point, int times) {
        halt = new Halt(point, times, passed -> tell("point", passed));
    }

    /** Directory, the point at which to halt, and how often a step is a point. */
    public static void main(String[] arguments) throws Exception {
        new HaltedEngine(arguments[1], Integer.parseInt(arguments[2])).run(Path.of(arguments[0]));
    }

    private void run(Path directory) throws Exception {
        Thread answers = new Thread(this::takeAnswers, "answers");
        answers.setDaemon(true);
        answers.start();
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        ThreadTimers threadTimers = new ThreadTimers("timers");
        Timers timers = (delay, task) -> {
            String timer = delay.equals(RETRY) ? "a retry's timer" : "a time limit's timer";
            return threadTimers.schedule(delay, () -> {
                halt.at("before " + timer);
                task.run();
                halt.at("after " + timer);
            });
        };
        Host host = new Host(
                Clock.system(),
                timers,
                executor,
                new SecureRandom(),
                new HaltingDisk(new DirectoryDisk(directory), halt));
        new Load(Coordinator.open(SETTINGS, host, this), this::tell).run();
        System.exit(0);
    }

    private synchronized void tell(String what, String text) {
        out.println(what + " " + text);
    }

    private void takeAnswers() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", 3);
                CompletableFuture<Answer> call = calls.remove(Integer.parseInt(words[0]));
                halt.at("after the answer to a call to " + words[1]);
                call.complete(Scripted.answer(words[2]));
            }
        } catch (IOException gone) {
            throw new IllegalStateException("Nobody answers", gone);
        }
    }

    @Override
    public String endpointOf(Participant participant) {
        return Scripted.endpoint(participant.address());
    }

    @Override
    public CompletionStage<Answer> deliver(Call call) {
        halt.at("before a call to " + call.instruction());
        int number = lastCall.incrementAndGet();
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        calls.put(number, answer);
        tell(
                "call",
                number + " " + call.instruction() + " " + call.participant().address());
        halt.at("after a call to " + call.instruction());
        return answer;
    }
}
