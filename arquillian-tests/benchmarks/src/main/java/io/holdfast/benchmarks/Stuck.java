package io.holdfast.benchmarks;

import io.holdfast.benchmarks.load.Clients;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** How fast healthy LRAs go on while others cannot end, beside how fast they were just before. */
record Stuck(String workload, Begin outage) implements Measurement {
    private static final int LRAS = 2000;
    private static final int CLIENTS = 16;
    private static final Duration SETTLE = Duration.ofSeconds(2);

    @FunctionalInterface
    interface Begin {
        Outage begin() throws IOException;
    }

    /** The floor knows no repetition. */
    @Override
    public boolean concerns(Contender contender) {
        return contender == Contender.HOLDFAST;
    }

    @Override
    public List<Figure> measure(Settings settings, Server server, Participants participants)
            throws IOException, InterruptedException {
        Load healthy = new Load(server.port(), participants, CLIENTS, 0);
        healthy.run(SETTLE);
        double before = healthy.run(settings.round()).perSecond();
        Outage dead = outage.begin();
        int stuck = closeAll(server.port(), Participants.url(dead.port(), 1));
        if (stuck < LRAS) {
            throw new IllegalStateException(stuck + " of " + LRAS + " LRAs are stuck, the others have ended");
        }
        Load.Result result = healthy.run(settings.round());
        Participants back = dead.end();
        try {
            server.awaitLra("the end of all LRAs", LraClient::hasNothingToRecover);
        } finally {
            back.close();
        }
        return List.of(
                figure("stuck", "LRA", stuck),
                figure("throughput-before", "LRA/s", before),
                figure("throughput", "LRA/s", result.perSecond()),
                figure("ratio", "1", result.perSecond() / before),
                figure("p99", "ms", result.latencies().percentileMillis(99)));
    }

    private Figure figure(String metric, String unit, double value) {
        return new Figure(workload, metric, unit, value);
    }

    /** Closes many LRAs of a participant that does not answer, all at once, since each close is answered after a while only. */
    private static int closeAll(int port, String participant) throws InterruptedException {
        List<String> answers = Clients.all(LRAS, () -> {
            try (LraClient client = new LraClient(port)) {
                String lra = client.start();
                client.join(lra, participant);
                return client.close(lra);
            }
        });
        return Collections.frequency(answers, "Closing");
    }
}
