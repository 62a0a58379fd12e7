package io.holdfast.engine.crash;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Starts JVMs with {@link HaltedEngine} in a part of the time: from jars only, so that the JVM can keep what it has made of the classes
 * in an archive and the next one begins with it.
 */
final class ForkedJvm {
    private final Path archive;
    private final String classPath;

    /** @param directory where jar and archive are kept as long as JVMs are started */
    ForkedJvm(Path directory) throws IOException {
        archive = directory.resolve("classes.jsa");
        Path jar = directory.resolve("classes.jar");
        List<String> jars = new ArrayList<>(List.of(jar.toString()));
        try (JarOutputStream classes = new JarOutputStream(Files.newOutputStream(jar))) {
            String own = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            for (String entry : own.split(File.pathSeparator, -1)) {
                if (Files.isDirectory(Path.of(entry))) {
                    addAll(classes, Path.of(entry));
                } else {
                    jars.add(entry);
                }
            }
        }
        classPath = String.join(File.pathSeparator, jars);
    }

    private static void addAll(JarOutputStream jar, Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".class")).toList()) {
                jar.putNextEntry(
                        new JarEntry(directory.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
    }

    /** One that comes to its end and leaves the archive to the others. */
    ProcessBuilder first(String... arguments) {
        return command("-XX:ArchiveClassesAtExit=" + archive, arguments);
    }

    ProcessBuilder next(String... arguments) {
        return command("-XX:SharedArchiveFile=" + archive, arguments);
    }

    /** Without what the JVM itself has to say, since it would say it where the engine tells what it does. */
    private ProcessBuilder command(String archiving, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:disable",
                archiving,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-cp",
                classPath,
                HaltedEngine.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
