package io.holdfast.benchmarks;

import java.io.IOException;
import java.nio.file.Files;

/** Measures and prints what came out. {@code mvn -Pbench} runs it; {@link Settings} tells the properties. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Settings settings = Settings.read();
        Report report = new Report();
        try (Benchmark benchmark = new Benchmark(settings, report)) {
            Runtime.getRuntime().addShutdownHook(new Thread(benchmark::close, "stop-servers"));
            benchmark.run();
        }
        Files.writeString(settings.directory().resolve("bench.json"), report.json());
        Files.writeString(settings.directory().resolve("bench.md"), report.table());
        System.out.println();
        System.out.println(report.table());
    }
}
