package io.holdfast.benchmarks;

import java.util.Arrays;
import java.util.List;

/** What one round of a workload came to. */
record Figure(String workload, String metric, String unit, double value) {
    /** @param text {@code metric=unit=value}, separated by blanks */
    static List<Figure> all(String workload, String text) {
        return Arrays.stream(text.split(" ", -1))
                .map(figure -> figure.split("=", -1))
                .map(words -> new Figure(workload, words[0], words[1], Double.parseDouble(words[2])))
                .toList();
    }
}
