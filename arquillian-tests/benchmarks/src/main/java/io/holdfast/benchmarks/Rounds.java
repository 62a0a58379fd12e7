package io.holdfast.benchmarks;

import io.holdfast.benchmarks.MessageReader.Message;
import java.io.IOException;
import java.time.Duration;

/** Rounds that an application on a server goes through with threads of its own. */
final class Rounds {
    private Rounds() {}

    /**
     * Lets it go through one.
     *
     * @param path with a query, to which the time is added
     * @return its figures, see {@link Figure#all}
     */
    static String ask(int port, String path, Duration time) throws IOException {
        try (Connection connection = new Connection(port, time.plus(Connection.PATIENCE))) {
            Message answer = connection.send("GET", path + "&millis=" + time.toMillis(), "");
            if (answer.status() != 200) {
                throw new IllegalStateException("a round was answered by " + answer.startLine());
            }
            return answer.body();
        }
    }
}
