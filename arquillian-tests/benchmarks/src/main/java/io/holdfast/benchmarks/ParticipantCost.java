package io.holdfast.benchmarks;

import io.holdfast.benchmarks.MessageReader.Message;
import io.holdfast.benchmarks.load.Clients;
import io.holdfast.benchmarks.load.Latencies;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What an LRA costs the server of its participant: a JAX-RS method with {@code @LRA(REQUIRES_NEW)} is called, whose class is a
 * participant with {@code @Complete} and {@code @Compensate}; once with our library in the application, once with the server's own
 * subsystem, which is Narayana's. Both use the same coordinator, ours, on a server of its own.
 */
final class ParticipantCost {
    /** The property that tells the participants' servers where the coordinator is. */
    static final String COORDINATOR_URL = "lra.coordinator.url";

    private static final String WORKLOAD = "participants";
    private static final String METHOD = "/participant/work";
    private static final int CLIENTS = 8;
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private final Settings settings;
    private final Report report;

    ParticipantCost(Settings settings, Report report) {
        this.settings = settings;
        this.report = report;
    }

    void run() throws IOException, InterruptedException {
        List<Server> servers = new ArrayList<>();
        try {
            servers.add(Server.start(
                    settings, Contender.HOLDFAST, Server.prepare(settings, Contender.HOLDFAST, "coordinator")));
            String coordinator = "http://127.0.0.1:" + servers.get(0).port() + "/lra-coordinator/lra-coordinator";
            List<Server> measured = new ArrayList<>();
            for (Contender contender : List.of(Contender.NARAYANA, Contender.HOLDFAST)) {
                report.say("starting and warming up the participant with the library of " + contender.word());
                Server server = started(contender, coordinator);
                servers.add(server);
                measured.add(server);
                calls(server, settings.warmUp());
            }
            for (int round = 0; round < settings.rounds(); round++) {
                Collections.rotate(measured, 1);
                for (Server server : measured) {
                    report.add(server.contender(), measure(server));
                }
            }
        } finally {
            servers.forEach(Server::close);
        }
    }

    private Server started(Contender contender, String coordinator) throws IOException {
        Server server = Server.launch(
                settings,
                contender,
                Server.prepareParticipant(settings, contender),
                "-D" + COORDINATOR_URL + "=" + coordinator);
        server.await("a call of the participant", port -> {
            try (Connection connection = new Connection(port)) {
                return call(connection);
            }
        });
        return server;
    }

    private List<Figure> measure(Server server) throws InterruptedException {
        calls(server, SETTLE);
        Usage before = Usage.now(server);
        long begin = System.nanoTime();
        Latencies latencies = calls(server, settings.round());
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
        Usage used = Usage.now(server).minus(before);
        double seconds = elapsed.toNanos() / 1e9;
        return List.of(
                figure("throughput", "calls/s", latencies.size() / seconds),
                figure("p50", "ms", latencies.percentileMillis(50)),
                figure("p99", "ms", latencies.percentileMillis(99)),
                figure("cpu", "ms/call", used.server().toNanos() / 1e6 / latencies.size()));
    }

    private static Figure figure(String metric, String unit, double value) {
        return new Figure(WORKLOAD, metric, unit, value);
    }

    private static Latencies calls(Server server, Duration time) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        return Latencies.merged(Clients.all(CLIENTS, () -> {
            Latencies latencies = new Latencies();
            try (Connection connection = new Connection(server.port())) {
                for (long begin = System.nanoTime(); begin < deadline; ) {
                    if (!call(connection)) {
                        throw new IllegalStateException(METHOD + " was not answered as it should be");
                    }
                    long end = System.nanoTime();
                    latencies.add(end - begin);
                    begin = end;
                }
            }
            return latencies;
        }));
    }

    private static boolean call(Connection connection) throws IOException {
        Message answer = connection.send("PUT", METHOD, "");
        return answer.status() == 200 && answer.body().startsWith("http");
    }
}
