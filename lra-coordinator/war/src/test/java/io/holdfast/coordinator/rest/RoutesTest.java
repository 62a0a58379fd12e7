package io.holdfast.coordinator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.coordinator.rest.Routes.Route;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
    @ParameterizedTest
    @CsvSource({
        "start, start",
        "abc, *",
        "abc/close, */close",
        "recovery, recovery",
        "recovery/failed, recovery/failed",
        "recovery/abc, recovery/*",
        "recovery/abc/def, recovery/*/*",
        "nested/abc/status, nested/**/status",
        "nested/http:/host/lra-coordinator/abc/complete, nested/**/complete",
        "nested, *",
    })
    void a_path_has_its_row(String path, String row) {
        assertThat(rowOf(path)).contains(List.of(row.split("/", -1)));
    }

    @ParameterizedTest
    @CsvSource({"abc/nothing", "nested/abc/close", "recovery/a/b/c", "abc/close/more"})
    void a_path_that_the_contract_does_not_know_has_none(String path) {
        assertThat(rowOf(path)).isEmpty();
    }

    @Test
    void the_root_is_the_list() {
        assertThat(Routes.CONTRACT.table().stream()
                        .filter(row -> row.fits(List.of()))
                        .toList())
                .singleElement()
                .satisfies(row -> assertThat(row.methods()).containsOnlyKeys("GET"));
    }

    @Test
    void what_changes_something_for_an_operator_is_a_post() {
        assertThat(Routes.OPERATIONS.table())
                .allSatisfy(row -> assertThat(row.methods()).hasSize(1))
                .filteredOn(row -> row.methods().containsKey("GET"))
                .extracting(row -> String.join("/", row.path()))
                .containsExactly(
                        "",
                        "actions",
                        "lras",
                        "lras/*",
                        "adapters",
                        "adapters/*",
                        "adapters/*/actions",
                        "adapters/*/branches",
                        "adapters/*/branches/*");
    }

    private static Optional<List<String>> rowOf(String path) {
        List<String> segments = List.of(path.split("/", -1));
        return Routes.CONTRACT.table().stream()
                .filter(row -> row.fits(segments))
                .map(Route::path)
                .findFirst();
    }
}
