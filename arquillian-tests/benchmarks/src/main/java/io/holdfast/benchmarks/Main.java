package io.holdfast.benchmarks;

import io.holdfast.benchmarks.Targets.Target;
import java.nio.file.Files;
import java.util.List;

/** Measures and prints what came out. {@code mvn -Pbench} runs it; {@link Settings} tells the properties. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Settings settings;
        try {
            settings = Settings.read();
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        Report report = new Report();
        try (Benchmark benchmark = new Benchmark(settings, report)) {
            Runtime.getRuntime().addShutdownHook(new Thread(benchmark::close, "stop-servers"));
            benchmark.run();
        }
        List<Target> targets = Targets.of(report);
        String text = settings.describe() + "\n" + report.table() + "\n" + Targets.table(targets);
        Files.writeString(settings.directory().resolve("bench.json"), report.json());
        Files.writeString(settings.directory().resolve("bench.md"), text);
        report.say("\n" + text);
        if (settings.strict() && !targets.stream().allMatch(Target::isMet)) {
            System.exit(1);
        }
    }
}
