package io.holdfast.benchmarks;

import io.holdfast.benchmarks.Report.Figure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** Starts the servers and takes them through the workloads, round by round in turn. */
final class Benchmark implements AutoCloseable {
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private final Settings settings;
    private final Report report;
    private final Participants participants;
    private final List<Server> servers = new CopyOnWriteArrayList<>();

    Benchmark(Settings settings, Report report) throws IOException {
        this.settings = settings;
        this.report = report;
        this.participants = new Participants();
    }

    void run() throws IOException, InterruptedException {
        for (Contender contender : settings.contenders()) {
            say("starting " + contender.word());
            Path directory = Server.prepare(settings, contender);
            servers.add(Server.start(settings, contender, directory));
        }
        for (Server server : servers) {
            say("warming up " + server.contender().word());
            load(server, Workload.C16).run(settings.warmUp());
        }
        for (Workload workload : settings.workloads()) {
            for (Server server : servers) {
                load(server, workload).run(SETTLE);
            }
            for (int round = 0; round < settings.rounds(); round++) {
                List<Server> order = new ArrayList<>(servers);
                Collections.rotate(order, round);
                for (Server server : order) {
                    measure(server, workload, round);
                }
            }
        }
    }

    private Load load(Server server, Workload workload) {
        return new Load(server.port(), participants, workload.clients(), workload.cancelPercent());
    }

    private void measure(Server server, Workload workload, int round) throws InterruptedException {
        long told = participants.completed() + participants.compensated();
        Duration cpu = server.cpu();
        Load.Result result = load(server, workload).run(settings.round());
        double cpuMillis = server.cpu().minus(cpu).toNanos() / 1e6 / result.lras();
        told = participants.completed() + participants.compensated() - told;
        String system = server.contender().word();
        String name = workload.word();
        report.add(new Figure(name, system, "throughput", "LRA/s"), result.perSecond());
        report.add(new Figure(name, system, "p50", "ms"), result.latencies().percentileMillis(50));
        report.add(new Figure(name, system, "p99", "ms"), result.latencies().percentileMillis(99));
        report.add(new Figure(name, system, "cpu", "ms/LRA"), cpuMillis);
        report.add(new Figure(name, system, "unfinished", "LRA"), result.unfinished());
        report.add(new Figure(name, system, "callbacks", "1/LRA"), (double) told / result.lras());
        say(String.format(
                Locale.ROOT,
                "%s round %d %-9s %7.1f LRA/s  p50 %6.2f ms  p99 %7.2f ms  cpu %5.2f ms/LRA  unfinished %d",
                name,
                round + 1,
                system,
                result.perSecond(),
                result.latencies().percentileMillis(50),
                result.latencies().percentileMillis(99),
                cpuMillis,
                result.unfinished()));
    }

    private static void say(String line) {
        System.out.println(line);
    }

    @Override
    public void close() {
        servers.forEach(Server::close);
        servers.clear();
        try {
            participants.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
