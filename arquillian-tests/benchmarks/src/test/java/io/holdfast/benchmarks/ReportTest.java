package io.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.benchmarks.Targets.Target;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Report report = new Report();

    private void measured(String workload, Contender contender, String metric, double... rounds) {
        for (double round : rounds) {
            report.add(contender, List.of(new Figure(workload, metric, "ms", round)));
        }
    }

    private List<JsonObject> json() {
        try (JsonReader reader = Json.createReader(new StringReader(report.json()))) {
            return reader.readArray().getValuesAs(JsonObject.class);
        }
    }

    @Test
    void json_tells_median_lowest_and_highest_of_the_rounds() {
        measured("c16", Contender.FLOOR, "p50", 5, 1, 3);

        assertThat(json())
                .containsExactly(Json.createObjectBuilder()
                        .add("workload", "c16")
                        .add("system", "floor")
                        .add("metric", "p50")
                        .add("unit", "ms")
                        .add("median", 3.0)
                        .add("min", 1.0)
                        .add("max", 5.0)
                        .build());
    }

    @Test
    void the_median_of_an_even_number_of_rounds_lies_between_the_two_in_the_middle() {
        assertThat(Spread.of(List.of(10.0, 1.0, 4.0, 3.0))).isEqualTo(new Spread(3.5, 1, 10));
    }

    @Test
    void the_table_has_a_row_for_each_figure_in_the_order_of_measuring() {
        measured("c1", Contender.NARAYANA, "p50", 123.4);
        measured("c1", Contender.HOLDFAST, "p50", 12.34);

        assertThat(report.table().lines().skip(2))
                .containsExactly(
                        "| c1 | narayana | p50 | 123 | 123 | 123 | ms |",
                        "| c1 | holdfast | p50 | 12.3 | 12.3 | 12.3 | ms |");
    }

    @Test
    void tcc_is_compared_with_each_peer_by_the_ratios_of_the_rounds() {
        tcc(TccCost.HOLDFAST, "throughput=tx/s=600.0 p99=ms=4.0 confirmed-p99=ms=9.0");
        tcc(TccCost.SEATA, "throughput=tx/s=100.0 p99=ms=8.0");
        tcc(TccCost.ON_JDBC, "throughput=tx/s=300.0 p99=ms=8.0");

        assertThat(Targets.of(report))
                .extracting(Target::reached, Target::isMet)
                .containsExactly(
                        Assertions.tuple(6.0, true),
                        Assertions.tuple(0.5, true),
                        Assertions.tuple(9.0 / 8, false),
                        Assertions.tuple(2.0, false));
    }

    private void tcc(String system, String figures) {
        report.add(system, Figure.all(TccCost.workload(8), figures));
    }

    @Test
    void the_cpu_time_allowed_is_a_quarter_of_narayanas_or_half_a_millisecond_above_the_floor() {
        measured("c16", Contender.NARAYANA, "cpu", 8);
        measured("c16", Contender.FLOOR, "cpu", 1);
        measured("c16", Contender.HOLDFAST, "cpu", 2);
        assertThat(Targets.of(report)).singleElement().satisfies(target -> {
            assertThat(target.isMet()).isTrue();
            assertThat(target.reached()).isEqualTo(1);
        });
    }

    @Test
    void half_a_millisecond_above_a_floor_that_is_high_is_allowed() {
        measured("c16", Contender.NARAYANA, "cpu", 8);
        measured("c16", Contender.FLOOR, "cpu", 3);
        measured("c16", Contender.HOLDFAST, "cpu", 2);

        assertThat(Targets.of(report)).extracting(Target::reached).containsExactly(2 / 3.5);
    }

    @Test
    void a_target_that_is_not_reached_is_a_miss() {
        measured("c16", Contender.FLOOR, "throughput", 100);
        measured("c16", Contender.HOLDFAST, "throughput", 69);
        measured("join10", Contender.HOLDFAST, "join", 1);
        measured("join1000", Contender.HOLDFAST, "join", 1.21);

        List<Target> targets = Targets.of(report);

        assertThat(targets).hasSize(2).noneMatch(Target::isMet);
        assertThat(Targets.table(targets))
                .contains("| at least 0.70 | 0.69 | MISS |", "| at most 1.20 | 1.21 | MISS |");
    }

    @Test
    void what_was_not_measured_is_no_target() {
        measured("c16", Contender.HOLDFAST, "throughput", 69);

        assertThat(Targets.of(report)).isEmpty();
    }

    @Test
    void a_transaction_with_the_adapter_may_cost_as_much_as_one_with_two_databases_and_a_fifth_more_on_h2() {
        for (String family : List.of("postgres", "h2")) {
            report.add("holdfast", List.of(new Figure("adapter-" + family + "-8", "throughput", "tx/s", 100)));
            report.add("two-databases", List.of(new Figure("adapter-" + family + "-8", "throughput", "tx/s", 110)));
        }

        assertThat(Targets.of(report)).extracting(Target::isMet).containsExactly(false, true);
        assertThat(Targets.of(report)).extracting(Target::reached).containsOnly(1.1);
    }

    @Test
    void syncs_of_the_adapter_are_compared_with_its_forced_appends() {
        report.add("holdfast", List.of(new Figure("adapter-postgres-1", "forces", "1/tx", 3.1)));
        report.add("holdfast", List.of(new Figure("adapter-postgres-32", "forces", "1/tx", 0.6)));

        assertThat(Targets.of(report)).extracting(Target::isMet).containsExactly(false, true);
        assertThat(Targets.of(report)).last().satisfies(target -> assertThat(target.reached())
                .isCloseTo(0.2, Offset.offset(0.001)));
    }

    @Test
    void a_ratio_compares_what_was_measured_in_one_round() {
        measured("c16", Contender.HOLDFAST, "throughput", 100, 50, 80);
        measured("c16", Contender.FLOOR, "throughput", 100, 100, 200);

        assertThat(Targets.of(report)).extracting(Target::reached).containsExactly(0.5);
    }
}
