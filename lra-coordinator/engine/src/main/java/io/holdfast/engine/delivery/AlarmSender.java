package io.holdfast.engine.delivery;

import io.holdfast.engine.time.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Sends alarms, as JSON, to one address: again at growing intervals while it is not answered with 2xx, six times within half a minute,
 * then no more. A few at a time; the others wait their turn, up to a bound. Never blocks. Thread-safe.
 */
public final class AlarmSender {
    static final int MOST_AT_ONCE = 4;
    static final int MOST_WAITING = 10_000;

    private static final int MOST_ATTEMPTS = 6;
    private static final Duration FIRST_INTERVAL = Duration.ofSeconds(1);

    private final Function<String, ? extends CompletionStage<Integer>> post;
    private final Timers timers;
    private final BiConsumer<String, String> givenUp;
    private final Queue<String> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * @param post sends a body by POST without blocking; completes with the status of the answer, or exceptionally when there is none
     * @param givenUp hears why a body, the second argument, is not sent again
     */
    public AlarmSender(
            Function<String, ? extends CompletionStage<Integer>> post,
            Timers timers,
            BiConsumer<String, String> givenUp) {
        this.post = post;
        this.timers = timers;
        this.givenUp = givenUp;
    }

    /** Sends it now, or when those before it have been sent or given up. */
    public void send(String json) {
        boolean isTurn;
        boolean isTooMany;
        synchronized (this) {
            isTurn = underWay < MOST_AT_ONCE;
            isTooMany = !isTurn && waiting.size() >= MOST_WAITING;
            if (isTurn) {
                underWay++;
            } else if (!isTooMany) {
                waiting.add(json);
            }
        }
        if (isTurn) {
            attempt(json, 1, FIRST_INTERVAL);
        } else if (isTooMany) {
            givenUp.accept(MOST_WAITING + " alarms wait before it", json);
        }
    }

    private void attempt(String json, int number, Duration interval) {
        var unused = post.apply(json).whenComplete((status, failure) -> {
            if (failure == null && status / 100 == 2) {
                next();
            } else if (number < MOST_ATTEMPTS) {
                timers.schedule(interval, () -> attempt(json, number + 1, interval.multipliedBy(2)));
            } else {
                givenUp.accept(failure == null ? "status " + status : failure.toString(), json);
                next();
            }
        });
    }

    private void next() {
        String json;
        synchronized (this) {
            json = waiting.poll();
            if (json == null) {
                underWay--;
                return;
            }
        }
        attempt(json, 1, FIRST_INTERVAL);
    }
}
