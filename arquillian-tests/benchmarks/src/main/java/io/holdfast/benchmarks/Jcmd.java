package io.holdfast.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JDK's diagnostic commands to a server's JVM. */
final class Jcmd {
    private Jcmd() {}

    /** The bytes of all objects that are alive; collects garbage first. */
    static long liveBytes(Server server) throws IOException, InterruptedException {
        String total = run(server, "GC.class_histogram")
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("GC.class_histogram tells no total"));
        return Long.parseLong(total.split(" +", -1)[2]);
    }

    static String run(Server server, String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
        line.add(String.valueOf(server.pid()));
        line.addAll(List.of(command));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || output.contains("Warning!")) {
            throw new IllegalStateException(line + ": " + output);
        }
        return output;
    }
}
