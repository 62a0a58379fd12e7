package io.holdfast.scenarios.page;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless browser, one process for each page; its profile and output go below one directory. Confined to one thread. */
public final class Chromium {
    /** What the tests look for, as Debian installs it. */
    public static final Path BINARY = Path.of("/usr/bin/chromium");

    private static final long SECONDS = 60;

    private final Path directory;

    /** @param directory is made when it is not there */
    public Chromium(Path directory) {
        this.directory = directory;
    }

    public static boolean isInstalled() {
        return Files.isExecutable(BINARY);
    }

    /** The page's HTML after its scripts have run and fetched what they show. */
    public String domOf(URI page) throws IOException, InterruptedException {
        return Files.readString(browse(page, "--dump-dom"), StandardCharsets.UTF_8);
    }

    /** @param png where the picture of the page is written */
    public void photograph(URI page, Path png) throws IOException, InterruptedException {
        Files.deleteIfExists(png);
        browse(page, "--hide-scrollbars", "--window-size=1280,1600", "--screenshot=" + png);
    }

    private Path browse(URI page, String... options) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path profile = Files.createTempDirectory(directory, "profile");
        Path output = profile.resolve("stdout");
        Path errors = profile.resolve("stderr");
        Process process = new ProcessBuilder(command(page, profile, options))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(BINARY + " took longer than " + SECONDS + " s, see " + errors);
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(BINARY + " ended with " + process.exitValue() + ", see " + errors);
            }
            return output;
        } finally {
            destroy(process);
        }
    }

    /** The virtual time stands still while the page fetches, so its end means that the page has what it shows. */
    private static List<String> command(URI page, Path profile, String... options) {
        List<String> command = new ArrayList<>(List.of(
                BINARY.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--user-data-dir=" + profile,
                "--virtual-time-budget=5000"));
        command.addAll(List.of(options));
        command.add(page.toString());
        return command;
    }

    /** With its renderers, which would otherwise outlive a browser that is destroyed. */
    private static void destroy(Process process) {
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
    }
}
