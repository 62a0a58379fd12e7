package io.holdfast.scenarios.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory with all that is in it. */
final class FileTree {
    private FileTree() {}

    /**
     * Puts a directory back to what it was when this was called for the first time, of which a copy is kept beside it.
     *
     * @param pristine the copy
     */
    static void reset(Path directory, Path pristine) throws IOException {
        if (!Files.exists(pristine)) {
            copy(directory, pristine);
        }
        delete(directory);
        copy(pristine, directory);
    }

    /** @param to must not be there yet */
    static void copy(Path from, Path to) throws IOException {
        for (Path path : tree(from)) {
            Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> paths = new ArrayList<>(tree(directory));
        paths.sort(Comparator.reverseOrder());
        for (Path path : paths) {
            Files.delete(path);
        }
    }

    private static List<Path> tree(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.toList();
        }
    }
}
