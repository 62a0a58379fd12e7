package io.holdfast.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * Clients that go through LRAs with two participants as fast as they are served.
 *
 * @param cancelPercent how many of the LRAs are cancelled
 */
record Throughput(String workload, int clients, int cancelPercent) implements Measurement {
    private static final Duration SETTLE = Duration.ofSeconds(1);

    @Override
    public List<Figure> measure(Settings settings, Server server, Participants participants)
            throws InterruptedException {
        Load load = new Load(server.port(), participants, clients, cancelPercent);
        load.run(SETTLE);
        long told = participants.told();
        Usage before = Usage.now(server);
        Load.Result result = load.run(settings.round());
        Usage used = Usage.now(server).minus(before);
        told = participants.told() - told;
        return List.of(
                figure("throughput", "LRA/s", result.perSecond()),
                figure("p50", "ms", result.latencies().percentileMillis(50)),
                figure("p99", "ms", result.latencies().percentileMillis(99)),
                figure("cpu", "ms/LRA", used.server().toNanos() / 1e6 / result.lras()),
                figure("clients-cpu", "ms/LRA", used.clients().toNanos() / 1e6 / result.lras()),
                figure("others-cpu", "%", used.othersPercent(result.elapsed())),
                figure("unfinished", "LRA", result.unfinished()),
                figure("callbacks", "1/LRA", (double) told / result.lras()));
    }

    private Figure figure(String metric, String unit, double value) {
        return new Figure(workload, metric, unit, value);
    }
}
