package io.holdfast.benchmarks;

import io.holdfast.benchmarks.database.Databases;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What the fence costs of a try and its confirm as applications have them: by {@code @Tcc}, in a WildFly with the adapter, beside the same bean
 * without a fence.
 */
record TccFenceCost(Settings settings, Report report) {
    static String workload(String database, int clients) {
        return "tcc-" + FenceCost.workload(database, clients);
    }

    void run() throws IOException, InterruptedException, SQLException {
        try (Databases databases = Databases.start(settings.directory().resolve("tcc-fence"));
                Server server = Server.launch(
                        settings,
                        Contender.HOLDFAST,
                        Server.prepareTccFence(settings, databases.postgres().getJdbcUrl("postgres", "postgres")))) {
            server.await("a round", port -> !Rounds.ask(port, path("h2", true, 1), Duration.ofMillis(1))
                    .isEmpty());
            for (String database : FenceCost.DATABASES) {
                warmUp(server, database);
                for (int clients : FenceCost.CLIENTS) {
                    new InTurn(settings, report)
                            .run(
                                    workload(database, clients),
                                    "pairs/s",
                                    contestant(server, database, false, clients),
                                    contestant(server, database, true, clients));
                }
            }
        }
    }

    private void warmUp(Server server, String database) throws IOException {
        report.say("warming up @Tcc on " + database);
        for (boolean fenced : new boolean[] {true, false}) {
            Rounds.ask(
                    server.port(), path(database, fenced, 8), settings.warmUp().dividedBy(4));
        }
    }

    private static InTurn.Contestant contestant(Server server, String database, boolean fenced, int clients) {
        return new InTurn.Contestant(
                fenced ? FenceCost.WITH : FenceCost.WITHOUT,
                during -> throughput(Rounds.ask(server.port(), path(database, fenced, clients), during)));
    }

    private static double throughput(String figures) {
        return Figure.all("", figures).stream()
                .filter(figure -> figure.metric().equals(InTurn.THROUGHPUT))
                .mapToDouble(Figure::value)
                .findFirst()
                .orElseThrow();
    }

    private static String path(String database, boolean fenced, int clients) {
        return "/tcc-fence/pairs?database=" + database + "&fenced=" + fenced + "&threads=" + clients;
    }
}
