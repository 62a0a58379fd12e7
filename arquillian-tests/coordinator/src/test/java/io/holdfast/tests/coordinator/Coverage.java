package io.holdfast.tests.coordinator;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** Which answers each kind of request got, and how often. Thread-safe. */
final class Coverage {
    private final Map<String, Map<String, Integer>> counts = new ConcurrentSkipListMap<>();

    void count(String kind, Optional<RawHttp.Answer> answer) {
        counts.computeIfAbsent(kind, any -> new ConcurrentSkipListMap<>())
                .merge(answer.map(each -> Integer.toString(each.status())).orElse("hung up"), 1, Integer::sum);
    }

    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(each -> String.format("  %-40s %s", each.getKey(), each.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
