package io.holdfast.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * TCC with two participants that do nothing: ours in a WildFly with the adapter, Seata with its server, tcc-transaction on two stores.
 * Each runs its own threads, in the JVM of its participants.
 */
final class TccCost {
    static final List<Integer> THREADS = List.of(1, 8, 32);
    static final String HOLDFAST = "holdfast";
    static final String SEATA = "seata";
    static final String ON_JDBC = "tcc-transaction-jdbc";
    static final String ON_ROCKSDB = "tcc-transaction-rocksdb";

    private static final Duration SETTLE = Duration.ofSeconds(1);

    /** What tcc-transaction's serialisation reaches into on Java 17. */
    private static final List<String> OPENED = List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.math",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.text",
            "java.base/java.time",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/java.util.regex",
            "java.base/sun.nio.ch",
            "java.base/sun.util.calendar",
            "java.sql/java.sql");

    /**
     * Seata's server listens at all addresses. In a network of its own nobody else can reach it; with one address that is not the loopback's,
     * since otherwise it looks through the interfaces again at each call.
     */
    private static final List<String> OWN_NETWORK = List.of(
            "unshare",
            "-rn",
            "sh",
            "-c",
            "ip link set lo up && ip address add 192.0.2.1/32 dev lo && exec \"$@\"",
            "sh");

    private final Settings settings;
    private final Report report;

    TccCost(Settings settings, Report report) {
        this.settings = settings;
        this.report = report;
    }

    static String workload(int threads) {
        return "tcc-" + threads;
    }

    /** A measured system, which is running. */
    private interface Contestant extends AutoCloseable {
        String name();

        /** @return its figures, see {@link Figure#all} */
        String run(int threads, Duration time) throws IOException;

        @Override
        void close();
    }

    void run() throws IOException, InterruptedException {
        Path directory = Files.createDirectories(
                settings.directory().resolve("tcc").resolve(UUID.randomUUID().toString()));
        List<Contestant> contestants = new ArrayList<>();
        try {
            contestants.add(holdfast());
            contestants.add(tccTransaction(ON_JDBC, "JDBC", directory));
            contestants.add(tccTransaction(ON_ROCKSDB, "ROCKSDB", directory));
            if (canHaveOwnNetwork()) {
                contestants.add(seata(directory));
            } else {
                report.say("seata is left out: its server listens at all addresses, and this system gives it no network"
                        + " of its own (" + String.join(" ", OWN_NETWORK) + " true)");
            }
            for (Contestant contestant : contestants) {
                report.say("warming up " + contestant.name());
                contestant.run(Collections.max(THREADS), settings.warmUp());
            }
            for (int threads : THREADS) {
                for (int round = 0; round < settings.rounds(); round++) {
                    Collections.rotate(contestants, 1);
                    for (Contestant contestant : contestants) {
                        contestant.run(threads, SETTLE);
                        report.add(contestant.name(), measured(contestant, threads));
                    }
                }
            }
        } finally {
            contestants.forEach(Contestant::close);
        }
    }

    private List<Figure> measured(Contestant contestant, int threads) throws IOException {
        Duration machine = Usage.machineNow();
        long begin = System.nanoTime();
        List<Figure> figures = Figure.all(workload(threads), contestant.run(threads, settings.round()));
        double elapsedMillis = (System.nanoTime() - begin) / 1e6;
        double busy = Usage.machineNow().minus(machine).toNanos() / 1e6 / elapsedMillis;
        double own = value(figures, "cpu") * value(figures, InTurn.THROUGHPUT) / 1_000;
        double others = 100 * Math.max(busy - own, 0) / Runtime.getRuntime().availableProcessors();
        return Stream.concat(figures.stream(), Stream.of(new Figure(workload(threads), "others-cpu", "%", others)))
                .toList();
    }

    private static double value(List<Figure> figures, String metric) {
        return figures.stream()
                .filter(figure -> figure.metric().equals(metric))
                .mapToDouble(Figure::value)
                .sum();
    }

    private Contestant holdfast() throws IOException {
        report.say("starting " + HOLDFAST);
        Server server = Server.launch(settings, Contender.HOLDFAST, Server.prepareTcc(settings));
        server.await("a round", port -> !round(port, 1, Duration.ofMillis(1)).isEmpty());
        return new Contestant() {
            @Override
            public String name() {
                return HOLDFAST;
            }

            @Override
            public String run(int threads, Duration time) throws IOException {
                return round(server.port(), threads, time);
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    private static String round(int port, int threads, Duration time) throws IOException {
        return Rounds.ask(port, "/tcc/round?threads=" + threads, time);
    }

    private Contestant tccTransaction(String name, String store, Path directory) throws IOException {
        List<String> command = new ArrayList<>(List.of(MeasuredJvm.java(), "-Xms512m", "-Xmx512m"));
        OPENED.forEach(opened -> command.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        Path own = Files.createDirectories(directory.resolve(name));
        command.addAll(List.of(
                "-classpath",
                classPath("tcc-transaction"),
                "io.holdfast.benchmarks.tcctransaction.Main",
                store,
                own.resolve("store").toString()));
        return started(name, command, own);
    }

    private Contestant seata(Path directory) throws IOException {
        Path own = Files.createDirectories(directory.resolve(SEATA));
        List<String> command = new ArrayList<>(OWN_NETWORK);
        command.addAll(List.of(
                MeasuredJvm.java(),
                "-Xms512m",
                "-Xmx512m",
                "-classpath",
                classPath("seata"),
                "io.holdfast.benchmarks.seata.Main",
                settings.peers().resolve("seata-server/target/class-path").toString(),
                own.resolve("server").toString()));
        return started(SEATA, command, own);
    }

    private static boolean canHaveOwnNetwork() throws IOException, InterruptedException {
        return new ProcessBuilder(Stream.concat(OWN_NETWORK.stream(), Stream.of("true"))
                                .toList())
                        .inheritIO()
                        .start()
                        .waitFor()
                == 0;
    }

    /** The module's own classes, and the jars that were put beside them. */
    private String classPath(String module) {
        Path target = settings.peers().resolve(module).resolve("target");
        return Stream.of("classes", "class-path/*")
                .map(entry -> target + File.separator + entry)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Contestant started(String name, List<String> command, Path directory) throws IOException {
        report.say("starting " + name);
        MeasuredJvm jvm = MeasuredJvm.start(command, directory);
        return new Contestant() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String run(int threads, Duration time) throws IOException {
                return jvm.run(threads, time);
            }

            @Override
            public void close() {
                jvm.close();
            }
        };
    }
}
