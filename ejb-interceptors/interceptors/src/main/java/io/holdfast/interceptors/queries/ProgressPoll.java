package io.holdfast.interceptors.queries;

import io.holdfast.api.Progress;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks a {@link ProgressEndpoint} or an {@link OperationEndpoint} at growing intervals until what it asks for has ended. An answer that is
 * missing, longer than 10,000 bytes or not whole after 10 s, or cannot be understood is no answer: it asks again. What the executor drops
 * while the server is suspended is made up for afterwards. Thread-safe.
 */
public final class ProgressPoll {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    /** How late a step may be whose run was dropped. */
    private static final Duration WATCH = Duration.ofSeconds(1);

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int LONGEST_ANSWER = 10_000;

    private final HttpClient http;
    private final ScheduledExecutorService executor;
    private final Intervals intervals;
    private final Duration longestWait;

    /**
     * @param http follows no redirects, unless it was told to
     * @param executor waits; in a server a {@code ManagedScheduledExecutorService}
     */
    public ProgressPoll(HttpClient http, ScheduledExecutorService executor, Intervals intervals) {
        this(http, executor, intervals, ANSWER);
    }

    /** @param longestWait for a whole answer */
    ProgressPoll(HttpClient http, ScheduledExecutorService executor, Intervals intervals, Duration longestWait) {
        this.http = http;
        this.executor = executor;
        this.intervals = intervals;
        this.longestWait = longestWait;
    }

    /**
     * Completes with what has become of it: one whose {@link Progress#isEnd()} is true. {@link Progress#UNKNOWN} is the end of a transaction,
     * and not that of an idempotent operation, which may be under way.
     *
     * @param address of one id at the endpoint, absolute, http or https
     * @param patience at whose end it asks for the last time, and then fails with a {@link TimeoutException} that names the last progress
     * @throws IllegalArgumentException if nothing can be asked at the address
     */
    public CompletableFuture<Progress> untilEnd(URI address, Duration patience) {
        CompletableFuture<Progress> end = new CompletableFuture<>();
        new Asking(address, end, System.nanoTime() + patience.toNanos(), patience).begin();
        return end;
    }

    /** @param at the reading of {@link System#nanoTime} from which on the step is taken */
    private record Due(long at, Runnable step) {}

    /**
     * One address that is asked. Confined to one step at a time: there is one that is due next, and who takes it away takes it. For each there is
     * a run of its own, and should the executor drop that one, a watch sees to it.
     */
    private final class Asking {
        private final URI address;
        private final HttpRequest request;
        private final CompletableFuture<Progress> end;
        private final long deadline;
        private final Duration patience;
        private final AtomicReference<@Nullable Due> next = new AtomicReference<>();
        private volatile String last = "no answer yet";

        Asking(URI address, CompletableFuture<Progress> end, long deadline, Duration patience) {
            this.address = address;
            this.request = HttpRequest.newBuilder(address)
                    .timeout(longestWait)
                    .header("Accept", "application/json")
                    .build();
            this.end = end;
            this.deadline = deadline;
            this.patience = patience;
        }

        void begin() {
            try {
                Future<?> watch = executor.scheduleWithFixedDelay(
                        this::look, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
                var unused = end.whenComplete((progress, failure) -> watch.cancel(false));
                ask(intervals.first());
            } catch (RejectedExecutionException e) {
                end.completeExceptionally(e);
            }
        }

        private void look() {
            Due due = next.get();
            if (due != null && System.nanoTime() - due.at() >= 0 && next.compareAndSet(due, null)) {
                due.step().run();
            }
        }

        private Future<?> after(Duration wait, Runnable step) {
            next.set(new Due(System.nanoTime() + wait.toNanos(), step));
            return executor.schedule(this::look, wait.toNanos(), TimeUnit.NANOSECONDS);
        }

        private void ask(Duration interval) {
            try {
                CompletableFuture<HttpResponse<String>> call = http.sendAsync(request, any -> new Body().subscriber());
                // The client's own time limit ends with the header of an answer.
                Future<?> limit = after(longestWait, () -> call.cancel(true));
                var unused = call.whenComplete((response, failure) -> {
                    limit.cancel(false);
                    answered(response, failure, interval);
                });
            } catch (RuntimeException e) {
                end.completeExceptionally(e);
            }
        }

        private void answered(@Nullable HttpResponse<String> response, @Nullable Throwable failure, Duration interval) {
            next.set(null);
            Optional<Answer> answer = Optional.ofNullable(response).flatMap(ProgressPoll::read);
            if (answer.isPresent() && answer.get().isEnd()) {
                end.complete(answer.get().progress());
                return;
            }
            last = answer.map(known -> known.progress().name())
                    .orElse(response == null ? String.valueOf(failure) : "HTTP " + response.statusCode());
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative() || left.isZero()) {
                end.completeExceptionally(
                        new TimeoutException(address + " has not ended within " + patience + "; last known: " + last));
                return;
            }
            later(interval, interval.compareTo(left) < 0 ? interval : left);
        }

        private void later(Duration interval, Duration wait) {
            try {
                var unused = after(wait, () -> ask(intervals.next(interval)));
            } catch (RejectedExecutionException e) {
                end.completeExceptionally(e);
            }
        }
    }

    /** Gathers an answer, and breaks it off when it is longer than any of ours. */
    private static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        HttpResponse.BodySubscriber<String> subscriber() {
            return HttpResponse.BodySubscribers.mapping(
                    HttpResponse.BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(this::add)),
                    end -> bytes.toString(StandardCharsets.UTF_8));
        }

        private void add(byte[] part) {
            if (bytes.size() + part.length > LONGEST_ANSWER) {
                throw new IllegalStateException("the answer is longer than " + LONGEST_ANSWER + " bytes");
            }
            bytes.writeBytes(part);
        }
    }

    /** @param isEnd false also where an end is no end, as the endpoint says */
    private record Answer(Progress progress, boolean isEnd) {}

    private static Optional<Answer> read(HttpResponse<String> response) {
        boolean known = response.statusCode() == OK || response.statusCode() == NOT_FOUND;
        if (!known) {
            return Optional.empty();
        }
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            JsonObject object = reader.readObject();
            Progress progress = Progress.valueOf(object.getString("progress"));
            return Optional.of(new Answer(progress, progress.isEnd() && object.getBoolean("end", true)));
        } catch (RuntimeException notOurs) {
            return Optional.empty();
        }
    }
}
