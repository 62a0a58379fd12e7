package io.holdfast.benchmarks.load;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;

/** What the JVM of a measured system is told by its input: lines with a number of threads and of milliseconds. */
public final class Orders {
    /** Goes through a round. */
    @FunctionalInterface
    public interface Answer {
        /** @return {@code metric=unit=value}, separated by blanks */
        String to(int threads, Duration time) throws InterruptedException;
    }

    private Orders() {}

    /**
     * Answers each order with a line of the output, until the input ends. Whatever else prints there is sent to the errors.
     *
     * @param start what has to be started first
     */
    public static void serve(Callable<Answer> start) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        Answer answer = start.call();
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                String[] words = order.split(" ", -1);
                answers.println(answer.to(Integer.parseInt(words[0]), Duration.ofMillis(Long.parseLong(words[1]))));
            }
        }
    }
}
