package io.holdfast.benchmarks;

import io.holdfast.benchmarks.load.Latencies;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** What the last joins of one LRA cost when it has few and when it has many participants, and its close. */
record Joins() implements Measurement {
    private static final int LAST = 10;

    @Override
    public List<Figure> measure(Settings settings, Server server, Participants participants) throws IOException {
        // Ten small ones for each large one, so that all have joins enough for a median.
        List<Size> sizes = List.of(new Size(10, 10), new Size(100, 1), new Size(1000, 1));
        try (LraClient client = new LraClient(server.port())) {
            long deadline = System.nanoTime() + settings.round().toNanos();
            do {
                for (Size size : sizes) {
                    size.measure(client, participants);
                }
            } while (System.nanoTime() < deadline);
        }
        return sizes.stream().flatMap(Size::figures).toList();
    }

    /** LRAs with so many participants. */
    private static final class Size {
        private final int participants;
        private final int lras;
        private final Latencies joins = new Latencies();
        private final Latencies closes = new Latencies();

        Size(int participants, int lras) {
            this.participants = participants;
            this.lras = lras;
        }

        void measure(LraClient client, Participants services) throws IOException {
            for (int number = 0; number < lras; number++) {
                String lra = client.start();
                for (int service = 1; service <= participants; service++) {
                    long begin = System.nanoTime();
                    client.join(lra, services.url(service));
                    if (service > participants - LAST) {
                        joins.add(System.nanoTime() - begin);
                    }
                }
                long begin = System.nanoTime();
                client.close(lra);
                closes.add(System.nanoTime() - begin);
            }
        }

        Stream<Figure> figures() {
            String workload = "join" + participants;
            return Stream.of(
                    new Figure(workload, "join", "ms", joins.percentileMillis(50)),
                    new Figure(workload, "close", "ms", closes.percentileMillis(50)));
        }
    }
}
