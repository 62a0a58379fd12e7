package io.holdfast.benchmarks;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The figures of a run, in the order in which they were first measured. Confined to one thread. */
final class Report {
    private final Map<Key, List<Double>> rounds = new LinkedHashMap<>();

    private record Key(String workload, String system, String metric, String unit) {}

    void add(Contender contender, List<Figure> figures) {
        add(contender.word(), figures);
    }

    /** Keeps the figures of a round, and tells them to whoever waits for the end of the run. */
    void add(String system, List<Figure> figures) {
        for (Figure figure : figures) {
            Key key = new Key(figure.workload(), system, figure.metric(), figure.unit());
            rounds.computeIfAbsent(key, first -> new ArrayList<>()).add(figure.value());
        }
        figures.stream().map(Figure::workload).distinct().forEach(workload -> {
            String line = figures.stream()
                    .filter(figure -> figure.workload().equals(workload))
                    .map(figure -> figure.metric() + " " + shown(figure.value()) + " " + figure.unit())
                    .collect(Collectors.joining(", "));
            say(String.format(Locale.ROOT, "%-8s %-9s %s", workload, system, line));
        });
    }

    Optional<List<Double>> find(String workload, Contender contender, String metric) {
        return find(workload, contender.word(), metric);
    }

    /** One value a round, in their order. */
    Optional<List<Double>> find(String workload, String system, String metric) {
        return rounds.entrySet().stream()
                .filter(entry -> entry.getKey().workload().equals(workload)
                        && entry.getKey().system().equals(system)
                        && entry.getKey().metric().equals(metric))
                .map(entry -> List.copyOf(entry.getValue()))
                .findFirst();
    }

    void say(String line) {
        System.out.println(line);
    }

    /** An array of {workload, system, metric, unit, median, min, max}. */
    String json() {
        JsonArrayBuilder array = Json.createArrayBuilder();
        rounds.forEach((key, values) -> {
            Spread spread = Spread.of(values);
            array.add(Json.createObjectBuilder()
                    .add("workload", key.workload())
                    .add("system", key.system())
                    .add("metric", key.metric())
                    .add("unit", key.unit())
                    .add("median", spread.median())
                    .add("min", spread.min())
                    .add("max", spread.max()));
        });
        return array.build().toString();
    }

    /** A table in Markdown. */
    String table() {
        StringBuilder table = new StringBuilder("""
                | workload | system | metric | median | min | max | unit |
                |---|---|---|---:|---:|---:|---|
                """);
        rounds.forEach((key, values) -> {
            Spread spread = Spread.of(values);
            table.append("| ")
                    .append(String.join(
                            " | ",
                            key.workload(),
                            key.system(),
                            key.metric(),
                            shown(spread.median()),
                            shown(spread.min()),
                            shown(spread.max()),
                            key.unit()))
                    .append(" |\n");
        });
        return table.toString();
    }

    /** Three digits at least. */
    static String shown(double value) {
        int digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
