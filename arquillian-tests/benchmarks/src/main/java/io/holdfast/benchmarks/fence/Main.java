package io.holdfast.benchmarks.fence;

import io.holdfast.benchmarks.fence.Databases.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures pairs of a try and a confirm with and without the fence, in turn, on PostgreSQL and on H2, both of which force each commit
 * to disk as far as they can. System properties: {@code fence.directory} (for the databases), {@code fence.rounds} (5), {@code
 * fence.seconds} of a measurement (10), {@code fence.clients} (1,8).
 */
public final class Main {
    private static final double TARGET_PERCENT = 8;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(System.getProperty("fence.directory", "target/fence"));
        int rounds = Integer.getInteger("fence.rounds", 5);
        Duration measurement = Duration.ofSeconds(Integer.getInteger("fence.seconds", 10));
        System.out.println(
                "| database | clients | without the fence | with it | unit | cost, median | cost, of each round |");
        System.out.println("|---|---:|---:|---:|---|---:|---|");
        try (Databases databases = Databases.start(directory)) {
            for (Database database : databases.all()) {
                for (String clients : System.getProperty("fence.clients", "1,8").split(",", -1)) {
                    measure(database, Integer.parseInt(clients.strip()), rounds, measurement);
                }
            }
        }
    }

    private static void measure(Database database, int clients, int rounds, Duration measurement) throws Exception {
        try (Pairs pairs = Pairs.prepare(database, clients)) {
            // To warm up.
            pairs.perSecond(false, measurement);
            pairs.perSecond(true, measurement);
            List<Double> without = new ArrayList<>();
            List<Double> with = new ArrayList<>();
            List<Double> costs = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                boolean fenceFirst = round % 2 == 1;
                double first = pairs.perSecond(fenceFirst, measurement);
                double second = pairs.perSecond(!fenceFirst, measurement);
                without.add(fenceFirst ? second : first);
                with.add(fenceFirst ? first : second);
                costs.add(100 * (without.get(round) / with.get(round) - 1));
            }
            double cost = median(costs);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.0f | %.0f | pairs/s | %.1f %% (%s the target of %.0f %%) | %s |%n",
                    database.name(),
                    clients,
                    median(without),
                    median(with),
                    cost,
                    cost <= TARGET_PERCENT ? "within" : "beyond",
                    TARGET_PERCENT,
                    costs.stream()
                            .map(one -> String.format(Locale.ROOT, "%.1f %%", one))
                            .toList());
        }
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
