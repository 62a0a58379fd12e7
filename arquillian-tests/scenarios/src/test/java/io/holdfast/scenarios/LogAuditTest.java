package io.holdfast.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogAuditTest {
    private static final String KNOWN =
            "2026-01-01 00:00:00,001 WARN  [org.jboss.as] (main) WFLYX0001: this happens at every start";
    private static final String UNKNOWN = "2026-01-01 00:00:00,002 ERROR [io.holdfast] (main) HF0001: lost something";

    private final LogAudit audit = LogAudit.of(List.of("# a comment", "", "WFLYX0001 -- a fault of the server's own"));

    @Test
    void a_message_on_the_list_is_expected() {
        assertThat(audit.unexpected(Stream.of(KNOWN))).isEmpty();
    }

    @Test
    void a_warning_or_error_that_is_not_on_the_list_is_reported_with_its_line() {
        assertThat(audit.unexpected(Stream.of(KNOWN, UNKNOWN))).containsExactly(UNKNOWN);
    }

    @Test
    void a_warning_of_payara_is_reported_with_the_text_in_its_next_line() {
        String head = "[2026-01-01T00:00:00.001+0000] [Payara 6.2025.9] [%s] [] [io.holdfast] [tid: _ThreadID=1] [[";
        assertThat(audit.unexpected(Stream.of(
                        head.formatted("INFO"),
                        "  HF0002: nothing]]",
                        head.formatted("WARNING"),
                        "  WFLYX0001: known by its text]]",
                        head.formatted("SEVERE"),
                        "  HF0001: lost]]")))
                .containsExactly(head.formatted("SEVERE") + " HF0001: lost]]");
    }

    @Test
    void an_exception_of_payara_without_a_message_is_reported_with_its_name() {
        String head =
                "[2026-01-01T00:00:00.001+0000] [Payara 6.2025.9] [WARNING] [] [io.holdfast] [tid: _ThreadID=1] [[";
        assertThat(audit.unexpected(Stream.of(
                        head,
                        "  ",
                        "java.lang.IllegalStateException: lost",
                        "\tat io.holdfast.Nowhere.run(Nowhere.java:1)")))
                .containsExactly(head + " java.lang.IllegalStateException: lost");
    }

    @Test
    void information_and_stack_traces_are_no_complaints() {
        assertThat(audit.unexpected(Stream.of(
                        "2026-01-01 00:00:00,003 INFO  [org.jboss.as] (main) WFLYSRV0025: ERROR in its text",
                        "java.lang.IllegalStateException: ERROR",
                        "\tat io.holdfast.Nowhere.run(Nowhere.java:1)")))
                .isEmpty();
    }

    @Test
    void an_entry_without_a_reason_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LogAudit.of(List.of("WFLYX0002")))
                .withMessageContaining("WFLYX0002");
    }

    @Test
    void the_committed_list_can_be_read() {
        assertThat(LogAudit.withCommittedList().unexpected(Stream.of(UNKNOWN))).containsExactly(UNKNOWN);
    }
}
