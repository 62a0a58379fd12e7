package io.holdfast.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What 16 clients make the coordinator write: JFR counts the writes of its files, our coordinator the forces of its log, the kernel what goes
 * to the disk and how often the disk is told to flush, which counts the forces of every program and by whatever means.
 */
record Writes() implements Measurement {
    private static final int CLIENTS = 16;
    private static final String WORKLOAD = "writes";

    @Override
    public List<Figure> measure(Settings settings, Server server, Participants participants)
            throws IOException, InterruptedException {
        Load load = new Load(server.port(), participants, CLIENTS, 0);
        Path recording = settings.directory().resolve("writes.jfr");
        Jcmd.run(
                server,
                "JFR.start",
                "name=" + WORKLOAD,
                "settings=none",
                "+jdk.FileWrite#enabled=true",
                "+jdk.FileWrite#threshold=0ns");
        Optional<Long> forces = LogForces.of(server);
        long written = written(server);
        long flushes = flushes();
        Load.Result result = load.run(settings.round());
        written = written(server) - written;
        flushes = flushes() - flushes;
        Optional<Long> forcesAfter = LogForces.of(server);
        Jcmd.run(server, "JFR.stop", "name=" + WORKLOAD, "filename=" + recording);
        Recorded recorded = Recorded.read(recording, server.data());
        Files.delete(recording);

        double lras = result.lras();
        List<Figure> figures = new ArrayList<>(List.of(
                figure("file-writes", "1/LRA", recorded.writes() / lras),
                figure("file-bytes", "B/LRA", recorded.bytes() / lras),
                figure("disk-bytes", "B/LRA", written / lras),
                figure("disk-flushes", "1/LRA", flushes / lras)));
        if (forces.isPresent() && forcesAfter.isPresent()) {
            figures.add(figure("log-forces", "1/LRA", (forcesAfter.get() - forces.get()) / lras));
        }
        return figures;
    }

    private static Figure figure(String metric, String unit, double value) {
        return new Figure(WORKLOAD, metric, unit, value);
    }

    /** What a recording tells about the files below a directory. */
    private record Recorded(long writes, long bytes) {
        static Recorded read(Path recording, Path directory) throws IOException {
            long writes = 0;
            long bytes = 0;
            try (RecordingFile events = new RecordingFile(recording)) {
                while (events.hasMoreEvents()) {
                    RecordedEvent event = events.readEvent();
                    String path = event.getString("path");
                    if (path == null || !path.startsWith(directory.toString())) {
                        continue;
                    }
                    writes++;
                    bytes += event.getLong("bytesWritten");
                }
            }
            return new Recorded(writes, bytes);
        }
    }

    /** What the process has sent to the disk so far, page caches included. */
    private static long written(Server server) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(server.pid()), "io")).stream()
                .filter(line -> line.startsWith("write_bytes"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    /** How often any disk of the machine was told to flush so far. */
    private static long flushes() throws IOException {
        int column = 18;
        List<String> disks = Files.readAllLines(Path.of("/proc/diskstats"));
        return disks.stream()
                .map(line -> line.strip().split(" +", -1))
                .mapToLong(disk -> Long.parseLong(disk[column]))
                .sum();
    }
}
