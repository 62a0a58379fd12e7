package io.holdfast.benchmarks;

import io.holdfast.benchmarks.load.Clients;
import io.holdfast.benchmarks.load.Latencies;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Clients that go through LRAs with two participants each, one after the other, as fast as they are served. Thread-safe. */
final class Load {
    private static final int PARTICIPANTS = 2;

    private final int port;
    private final Participants participants;
    private final int clients;
    private final int cancelPercent;

    Load(int port, Participants participants, int clients, int cancelPercent) {
        this.port = port;
        this.participants = participants;
        this.clients = clients;
        this.cancelPercent = cancelPercent;
    }

    /**
     * What the clients saw.
     *
     * @param latencies of each LRA, from its start to the answer of its close
     * @param unfinished how many were answered Closing or Cancelling
     */
    record Result(Latencies latencies, int unfinished, Duration elapsed) {
        int lras() {
            return latencies.size();
        }

        double perSecond() {
            return lras() * 1e9 / elapsed.toNanos();
        }
    }

    Result run(Duration time) throws InterruptedException {
        long start = System.nanoTime();
        List<Client> done = Clients.all(clients, () -> new Client().run(start + time.toNanos()));
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        return new Result(
                Latencies.merged(done.stream().map(client -> client.latencies).toList()),
                done.stream().mapToInt(client -> client.unfinished).sum(),
                elapsed);
    }

    private final class Client {
        private final Latencies latencies = new Latencies();
        private int unfinished;

        Client run(long deadline) throws IOException {
            try (LraClient client = new LraClient(port)) {
                long begin = System.nanoTime();
                while (begin < deadline) {
                    through(client, latencies.size() % 100 < cancelPercent);
                    long end = System.nanoTime();
                    latencies.add(end - begin);
                    begin = end;
                }
                return this;
            }
        }

        private void through(LraClient client, boolean cancels) throws IOException {
            String lra = client.start();
            for (int number = 1; number <= PARTICIPANTS; number++) {
                client.join(lra, participants.url(number));
            }
            String status = cancels ? client.cancel(lra) : client.close(lra);
            if (!status.equals(cancels ? "Cancelled" : "Closed")) {
                unfinished++;
            }
        }
    }
}
