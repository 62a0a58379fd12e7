package io.holdfast.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories with all that is in them. */
final class Tree {
    private Tree() {}

    static void copy(Path from, Path to) throws IOException {
        for (Path path : list(from)) {
            Path target = to.resolve(from.relativize(path).toString());
            Files.createDirectories(target.resolve(".."));
            Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Does nothing when it is not there. */
    static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            for (Path path :
                    list(directory).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** The bytes of all files. */
    static long size(Path directory) throws IOException {
        long bytes = 0;
        for (Path path : list(directory)) {
            bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
        }
        return bytes;
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.toList();
        }
    }
}
