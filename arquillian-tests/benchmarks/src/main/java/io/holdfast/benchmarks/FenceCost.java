package io.holdfast.benchmarks;

import io.holdfast.benchmarks.database.Databases;
import io.holdfast.benchmarks.database.Databases.Database;
import io.holdfast.benchmarks.database.Pairs;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** What the fence costs of a try and its confirm, on PostgreSQL and on H2, which force each commit as far as they can. */
record FenceCost(Settings settings, Report report) {
    static final List<String> DATABASES = List.of("postgres", "h2");
    static final List<Integer> CLIENTS = List.of(1, 8);
    static final String WITH = "fence";
    static final String WITHOUT = "bare";

    static String workload(String database, int clients) {
        return "fence-" + database + "-" + clients;
    }

    void run() throws IOException, InterruptedException, SQLException {
        try (Databases databases = Databases.start(settings.directory().resolve("fence"))) {
            for (Database database : databases.all()) {
                for (int clients : CLIENTS) {
                    measure(database, clients);
                }
            }
        }
    }

    private void measure(Database database, int clients) throws InterruptedException, SQLException, IOException {
        String workload = workload(database.name(), clients);
        try (Pairs pairs = Pairs.prepare(database, clients)) {
            new InTurn(settings, report)
                    .run(
                            workload,
                            "pairs/s",
                            new InTurn.Contestant(WITHOUT, during -> pairs.perSecond(false, during)),
                            new InTurn.Contestant(WITH, during -> pairs.perSecond(true, during)));
        }
    }
}
