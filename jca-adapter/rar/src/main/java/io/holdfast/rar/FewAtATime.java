package io.holdfast.rar;

import io.holdfast.engine.delivery.Answer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls that block, few at a time for each endpoint, so that one that hangs does not take the threads of all beans. A bounded number waits for
 * their turn, and what is beyond that counts as unreachable. Thread-safe; its lock is held for memory work only.
 */
final class FewAtATime {
    static final int UNDER_WAY = 4;
    static final int WAITING = 64;

    private final BeanThreads threads;
    private final Map<String, Line> lines = new HashMap<>();

    FewAtATime(BeanThreads threads) {
        this.threads = threads;
    }

    private static final class Line {
        private final String endpoint;
        private final Queue<Task> waiting = new ArrayDeque<>(2);
        private int underWay;

        Line(String endpoint) {
            this.endpoint = endpoint;
        }
    }

    private record Task(Callable<Answer> call, CompletableFuture<Answer> result) {
        /** Whatever the call throws is a failure of its endpoint. */
        void run(String endpoint) {
            try {
                result.complete(call.call());
            } catch (Exception | Error failed) {
                result.complete(new Answer.Unreachable(endpoint + ": " + failed));
            }
        }
    }

    /** @param call made on a thread that may block */
    CompletableFuture<Answer> tell(String endpoint, Callable<Answer> call) {
        Task task = new Task(call, new CompletableFuture<>());
        Line line;
        synchronized (this) {
            line = lines.computeIfAbsent(endpoint, Line::new);
            if (line.underWay == UNDER_WAY) {
                queue(line, task);
                return task.result();
            }
            line.underWay++;
        }
        threads.execute(() -> work(line, task), refused -> refuse(line, task, refused));
        return task.result();
    }

    private static void queue(Line line, Task task) {
        if (line.waiting.size() < WAITING) {
            line.waiting.add(task);
        } else {
            task.result()
                    .complete(new Answer.Unreachable(line.endpoint + ": " + UNDER_WAY
                            + " calls have no answer yet, and " + WAITING + " wait for them"));
        }
    }

    private void work(Line line, Task first) {
        for (Task task = first; task != null; task = next(line)) {
            task.run(line.endpoint);
        }
    }

    /** The oldest that waits; if there is none, the thread is given back. */
    private synchronized @Nullable Task next(Line line) {
        Task next = line.waiting.poll();
        if (next == null) {
            threadIsGone(line);
        }
        return next;
    }

    /** Those that wait have another thread that comes to them, or none and are refused too. */
    private void refuse(Line line, Task task, Exception cause) {
        List<Task> left;
        synchronized (this) {
            left = threadIsGone(line) ? List.copyOf(line.waiting) : List.of();
        }
        Answer answer = new Answer.Unknown(String.valueOf(cause));
        task.result().complete(answer);
        left.forEach(waiting -> waiting.result().complete(answer));
    }

    /** @return whether it was the last one of its line */
    private boolean threadIsGone(Line line) {
        line.underWay--;
        if (line.underWay == 0) {
            lines.remove(line.endpoint);
        }
        return line.underWay == 0;
    }
}
