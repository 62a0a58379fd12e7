package io.holdfast.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Starts the servers and takes them through the workloads, round by round in turn. */
final class Benchmark implements AutoCloseable {
    private final Settings settings;
    private final Report report;
    private final Participants participants;
    private final List<Server> servers = new CopyOnWriteArrayList<>();

    Benchmark(Settings settings, Report report) throws IOException {
        this.settings = settings;
        this.report = report;
        this.participants = new Participants(0);
    }

    void run() throws Exception {
        List<Measurement> measurements = settings.workloads().stream()
                .flatMap(workload -> workload.onRunningServer().stream())
                .toList();
        if (!measurements.isEmpty()) {
            startServers();
        }
        for (Measurement measurement : measurements) {
            for (int round = 0; round < settings.rounds(); round++) {
                List<Server> order = new ArrayList<>(servers);
                Collections.rotate(order, round);
                for (Server server : order) {
                    if (measurement.concerns(server.contender())) {
                        report.add(server.contender(), measurement.measure(settings, server, participants));
                    }
                }
            }
        }
        stopServers();
        if (settings.contenders().contains(Contender.HOLDFAST)) {
            if (settings.workloads().contains(Workload.RESTART)) {
                new Restart(settings, participants, report).run();
            }
            if (settings.workloads().contains(Workload.PARTICIPANTS)) {
                new ParticipantCost(settings, report).run();
            }
        }
        for (Workload workload : settings.workloads()) {
            switch (workload) {
                case ADAPTER -> TransactionCost.ofAdapter(settings, report);
                case FENCE -> {
                    new FenceCost(settings, report).run();
                    new TccFenceCost(settings, report).run();
                }
                case OUTBOX -> new OutboxCost(settings, report).run();
                case NOTIFICATIONS -> TransactionCost.ofNotifications(settings, report);
                case TCC -> new TccCost(settings, report).run();
                default -> {
                    // It was measured on the servers.
                }
            }
        }
    }

    private void startServers() throws IOException, InterruptedException {
        for (Contender contender : settings.contenders()) {
            report.say("starting and warming up " + contender.word());
            Server server = Server.start(settings, contender, Server.prepare(settings, contender, contender.word()));
            servers.add(server);
            new Load(server.port(), participants, 16, 5).run(settings.warmUp());
        }
    }

    private void stopServers() {
        servers.forEach(Server::close);
        servers.clear();
    }

    @Override
    public void close() {
        stopServers();
    }
}
