package io.holdfast.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is measured and how; each is a system property {@code bench.*}, see docs/performance.md.
 *
 * @param directory where everything is written
 * @param serverHome an unpacked WildFly, which is not changed
 */
record Settings(
        Path directory,
        Path serverHome,
        int rounds,
        Duration round,
        Duration warmUp,
        List<Workload> workloads,
        List<Contender> contenders,
        List<String> serverJavaOptions,
        boolean strict) {
    private static final String ALL = "all";
    private static final String JAVA_OPTIONS = "-Xms1g -Xmx1g -Djava.net.preferIPv4Stack=true -Djava.awt.headless=true";

    static Settings read() {
        Path directory = Path.of(text("bench.directory", "target"));
        Path home = Path.of(text("bench.server.home", directory + "/server/wildfly-39.0.1.Final"));
        if (!Files.isRegularFile(home.resolve("jboss-modules.jar"))) {
            throw new IllegalArgumentException("bench.server.home: " + home + " is no WildFly");
        }
        return new Settings(
                directory.toAbsolutePath(),
                home.toAbsolutePath(),
                number("bench.rounds", 5, 1, 100),
                Duration.ofSeconds(number("bench.seconds", 8, 1, 600)),
                Duration.ofSeconds(number("bench.warmup.seconds", 120, 0, 600)),
                several("bench.workloads", Workload.values(), Workload::word),
                several("bench.systems", Contender.values(), Contender::word),
                List.of((JAVA_OPTIONS + " " + text("bench.server.options", ""))
                        .strip()
                        .split(" +", -1)),
                Boolean.getBoolean("bench.strict"));
    }

    /** The WAR of that name. */
    Path archive(String name) {
        return deployment("bench." + name + ".war", name + ".war");
    }

    /** The resource adapter. */
    Path adapter() {
        return deployment("bench.adapter.rar", "holdfast.rar");
    }

    /** PostgreSQL's driver. */
    Path driver() {
        return deployment("bench.driver.jar", "postgresql.jar");
    }

    private Path deployment(String property, String file) {
        Path deployment = Path.of(text(property, directory + "/deployments/" + file));
        if (!Files.isRegularFile(deployment)) {
            throw new IllegalArgumentException(property + ": " + deployment + " is not there");
        }
        return deployment;
    }

    /** Where the other TCC frameworks were built, each with its class path. */
    Path peers() {
        Path directory = Path.of(text("bench.peers", "../benchmarks-tcc-peers"));
        if (!Files.isDirectory(directory.resolve("seata-server/target/class-path"))) {
            throw new IllegalArgumentException("bench.peers: nothing was built in " + directory);
        }
        return directory.toAbsolutePath().normalize();
    }

    /** On what and how it was measured. */
    String describe() {
        return String.join(
                "\n",
                "- JVM of servers and clients: " + System.getProperty("java.vm.name") + " "
                        + System.getProperty("java.runtime.version") + " on " + System.getProperty("os.name") + " "
                        + System.getProperty("os.version") + ", "
                        + Runtime.getRuntime().availableProcessors() + " processors",
                "- server: " + serverHome.getFileName() + " with " + String.join(" ", serverJavaOptions),
                "- " + rounds + " rounds of " + round.toSeconds() + " s in turn, after " + warmUp.toSeconds()
                        + " s to warm up",
                "");
    }

    private static String text(String property, String otherwise) {
        return System.getProperty(property, otherwise);
    }

    static int number(String property, int otherwise, int least, int most) {
        String value = text(property, String.valueOf(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(wrong(property, value, least, most), notANumber);
        }
        throw new IllegalArgumentException(wrong(property, value, least, most));
    }

    private static String wrong(String property, String value, int least, int most) {
        return property + " is " + value + ", it must be a number from " + least + " to " + most;
    }

    /** The values that a comma-separated list names, in the order of the enumeration. */
    static <T> List<T> several(String property, T[] known, Function<T, String> word) {
        String value = text(property, ALL);
        List<String> wanted = Arrays.stream(value.split(",", -1))
                .map(each -> each.strip().toLowerCase(Locale.ROOT))
                .toList();
        List<String> words = Arrays.stream(known).map(word).toList();
        wanted.stream()
                .filter(each -> !each.equals(ALL) && !words.contains(each))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new IllegalArgumentException(property + " is " + value + ", but " + unknown + " is none of "
                            + words.stream().collect(Collectors.joining(", ")) + " or " + ALL);
                });
        return Arrays.stream(known)
                .filter(each -> wanted.contains(ALL) || wanted.contains(word.apply(each)))
                .toList();
    }
}
