package io.holdfast.benchmarks;

import io.holdfast.benchmarks.load.Clients;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How soon our coordinator answers when it was killed with many open LRAs, and what heap they take; beside a server that was killed
 * with one, and beside the same server with the floor's archive, which has no log.
 */
final class Restart {
    private static final String WORKLOAD = "restart";
    private static final int LRAS = 100_000;
    private static final int CLIENTS = 16;
    private static final String LOG = "data/holdfast/coordinator";

    private final Settings settings;
    private final Participants participants;
    private final Report report;

    Restart(Settings settings, Participants participants, Report report) {
        this.settings = settings;
        this.participants = participants;
        this.report = report;
    }

    /** A server that was killed, one of its open LRAs, and its log as the crash left it. */
    private record Killed(String name, Path directory, Path log, String lra) {}

    private record Started(double millis, long liveBytes) {}

    void run() throws IOException, InterruptedException {
        Killed few = killed("restart-few", 1);
        Killed many = killed("restart-many", LRAS);
        Path floor = Server.prepare(settings, Contender.FLOOR, "restart-floor");
        add(figure("log", "B/LRA", (double) Tree.size(many.log()) / LRAS));
        for (int round = 0; round < settings.rounds(); round++) {
            Started withFew = started(few);
            Started withMany = started(many);
            double withFloor = floorReadyMillis(floor);
            add(
                    figure("ready", "ms", withMany.millis()),
                    figure("ready-with-one", "ms", withFew.millis()),
                    figure("ready-floor", "ms", withFloor),
                    figure("ready-added", "ms", withMany.millis() - withFew.millis()),
                    figure("heap", "B/LRA", (double) (withMany.liveBytes() - withFew.liveBytes()) / LRAS));
        }
    }

    private void add(Figure... figures) {
        report.add(Contender.HOLDFAST, List.of(figures));
    }

    private static Figure figure(String metric, String unit, double value) {
        return new Figure(WORKLOAD, metric, unit, value);
    }

    private Killed killed(String name, int lras) throws IOException, InterruptedException {
        Path directory = Server.prepare(settings, Contender.HOLDFAST, name);
        Server server = Server.start(settings, Contender.HOLDFAST, directory);
        try {
            long begin = System.nanoTime();
            String lra = open(server.port(), lras);
            report.say(
                    String.format(Locale.ROOT, "%s: %d LRAs in %.1f s", name, lras, (System.nanoTime() - begin) / 1e9));
            server.kill();
            Path log = directory.resolveSibling(name + "-log");
            Tree.delete(log);
            Tree.copy(directory.resolve(LOG), log);
            return new Killed(name, directory, log, lra);
        } finally {
            server.close();
        }
    }

    /** Opens LRAs with two participants each and returns one of them. */
    private String open(int port, int lras) throws InterruptedException {
        int clients = Math.min(CLIENTS, lras);
        List<String> last = Clients.all(clients, () -> {
            try (LraClient client = new LraClient(port)) {
                String lra = "";
                for (int number = 0; number < lras / clients; number++) {
                    lra = client.start();
                    client.join(lra, participants.url(1));
                    client.join(lra, participants.url(2));
                }
                return lra;
            }
        });
        return last.get(0);
    }

    private double floorReadyMillis(Path directory) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Server server = Server.launch(settings, Contender.FLOOR, directory);
        try {
            server.awaitLra("an LRA's start", client -> !client.start().isEmpty());
            return (System.nanoTime() - begin) / 1e6;
        } finally {
            server.kill();
        }
    }

    private Started started(Killed killed) throws IOException, InterruptedException {
        Tree.delete(killed.directory().resolve(LOG));
        Tree.copy(killed.log(), killed.directory().resolve(LOG));
        long begin = System.nanoTime();
        Server server = Server.launch(settings, Contender.HOLDFAST, killed.directory());
        try {
            server.awaitLra(
                    "a status request", client -> client.status(killed.lra()).equals("Active"));
            double millis = (System.nanoTime() - begin) / 1e6;
            return new Started(millis, Jcmd.liveBytes(server));
        } finally {
            server.kill();
        }
    }
}
