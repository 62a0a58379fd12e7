package io.holdfast.lra.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.lra.annotation.ws.rs.LRA;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryTest {
    @ParameterizedTest
    @CsvSource({
        "REQUIRED, START, CONTINUE",
        "REQUIRES_NEW, START, START",
        "MANDATORY, REFUSE, CONTINUE",
        "SUPPORTS, OUTSIDE, CONTINUE",
        "NOT_SUPPORTED, OUTSIDE, OUTSIDE",
        "NEVER, OUTSIDE, REFUSE",
        "NESTED, START, NEST"
    })
    void each_type_says_where_a_method_runs(LRA.Type type, Entry without, Entry with) {
        assertThat(Entry.of(type, false)).isEqualTo(without);
        assertThat(Entry.of(type, true)).isEqualTo(with);
    }
}
