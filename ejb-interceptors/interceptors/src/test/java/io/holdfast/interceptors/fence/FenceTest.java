package io.holdfast.interceptors.fence;

import static io.holdfast.interceptors.fence.Verdict.ALREADY_DONE;
import static io.holdfast.interceptors.fence.Verdict.NOTHING_TO_CANCEL;
import static io.holdfast.interceptors.fence.Verdict.REFUSED;
import static io.holdfast.interceptors.fence.Verdict.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.interceptors.jdbc.ForEachDatabase;
import io.holdfast.interceptors.jdbc.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Each anomaly of a TCC participant's calls, one call after another. */
class FenceTest {
    private @Nullable Participant participant;

    @AfterEach
    void close() throws SQLException {
        if (participant != null) {
            participant.close();
        }
    }

    @ForEachDatabase
    void a_try_and_its_confirm_run_once_each(TestDatabase database) throws Exception {
        Participant account = open(database);
        assertThat(account.tries("t")).isEqualTo(RUN);
        assertThat(account.tries("t")).isEqualTo(ALREADY_DONE);
        assertThat(account.confirms("t")).isEqualTo(RUN);
        assertThat(account.confirms("t")).isEqualTo(ALREADY_DONE);
        assertThat(account.tries("t")).isEqualTo(ALREADY_DONE);
        assertThat(account.cancels("t")).isEqualTo(REFUSED);
        assertThat(account.confirms("t")).isEqualTo(ALREADY_DONE);
        assertThat(account.effects("t")).containsExactly("try", "confirm");
    }

    @ForEachDatabase
    void a_try_and_its_cancel_run_once_each(TestDatabase database) throws Exception {
        Participant account = open(database);
        assertThat(account.tries("t")).isEqualTo(RUN);
        assertThat(account.cancels("t")).isEqualTo(RUN);
        assertThat(account.cancels("t")).isEqualTo(ALREADY_DONE);
        assertThat(account.tries("t")).isEqualTo(REFUSED);
        assertThat(account.confirms("t")).isEqualTo(REFUSED);
        assertThat(account.effects("t")).containsExactly("try", "cancel");
    }

    @ForEachDatabase
    void a_cancel_without_a_try_is_remembered_and_the_late_try_is_refused(TestDatabase database) throws Exception {
        Participant account = open(database);
        assertThat(account.cancels("t")).isEqualTo(NOTHING_TO_CANCEL);
        assertThat(account.tries("t")).isEqualTo(REFUSED);
        assertThat(account.cancels("t")).isEqualTo(ALREADY_DONE);
        assertThat(account.effects("t")).isEmpty();
    }

    @ForEachDatabase
    void a_confirm_without_a_try_is_refused_and_leaves_no_trace(TestDatabase database) throws Exception {
        Participant account = open(database);
        assertThat(account.confirms("t")).isEqualTo(REFUSED);
        assertThat(account.tries("t")).isEqualTo(RUN);
        assertThat(account.confirms("t")).isEqualTo(RUN);
    }

    @ForEachDatabase
    void a_call_that_fails_or_crashes_takes_the_row_back_with_the_change_and_runs_again(TestDatabase database)
            throws Exception {
        Participant account = open(database);
        account.failNext();
        assertThatThrownBy(() -> account.tries("t")).hasMessage("broken");
        assertThat(account.tries("t")).isEqualTo(RUN);
        account.failNext();
        assertThatThrownBy(() -> account.confirms("t")).hasMessage("broken");
        assertThat(account.confirms("t")).isEqualTo(RUN);
        assertThat(account.effects("t")).containsExactly("try", "confirm");
    }

    @ForEachDatabase
    void a_crash_in_the_try_leaves_nothing_so_that_the_cancel_has_nothing_to_do(TestDatabase database)
            throws Exception {
        Participant account = open(database);
        account.failNext();
        assertThatThrownBy(() -> account.tries("t")).hasMessage("broken");
        assertThat(account.cancels("t")).isEqualTo(NOTHING_TO_CANCEL);
        assertThat(account.effects("t")).isEmpty();
    }

    @ForEachDatabase
    void participants_of_one_transaction_and_ids_that_differ_in_case_are_told_apart(TestDatabase database)
            throws Exception {
        Participant account = open(database);
        Connection connection = account.connection();
        assertThat(account.fence().tryBegins(connection, "t", "a")).isEqualTo(RUN);
        assertThat(account.fence().tryBegins(connection, "t", "A")).isEqualTo(RUN);
        assertThat(account.fence().tryBegins(connection, "T", "a")).isEqualTo(RUN);
        assertThat(account.fence().state(connection, "t", "a")).contains(FenceState.TRIED);
        assertThat(account.fence().state(connection, "t", "b")).isEqualTo(Optional.empty());
    }

    @ForEachDatabase
    void a_connection_in_auto_commit_mode_is_refused(TestDatabase database) throws Exception {
        Participant account = open(database);
        account.connection().setAutoCommit(true);
        assertThatThrownBy(() -> account.tries("t"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("HFINT031 ");
    }

    @ForEachDatabase
    void ids_that_a_database_could_mix_up_or_cut_are_refused_by_value_and_bound(TestDatabase database)
            throws Exception {
        Participant account = open(database);
        Connection connection = account.connection();
        for (String bad : new String[] {"", " a", "a ", "a\n", "a\0b", "x".repeat(513)}) {
            assertThatThrownBy(() -> account.fence().tryBegins(connection, bad, "a"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("HFINT032 The transaction id '" + bad + "'")
                    .hasMessageContaining("512");
        }
        assertThatThrownBy(() -> account.fence().tryBegins(connection, "t", "x".repeat(201)))
                .hasMessageStartingWith("HFINT032 The participant id")
                .hasMessageContaining("200");
        assertThat(account.fence().tryBegins(connection, "x".repeat(512), "y".repeat(200)))
                .isEqualTo(RUN);
    }

    @ForEachDatabase
    void the_clean_up_removes_what_was_finished_long_ago_in_batches_and_never_open_work(TestDatabase database)
            throws Exception {
        Participant account = open(database);
        for (int number = 0; number < 5; number++) {
            account.tries("confirmed-" + number);
            account.confirms("confirmed-" + number);
            account.cancels("cancelled-" + number);
        }
        account.tries("open");
        account.tries("confirmed-late");
        account.clock().advance(Duration.ofDays(8));
        account.confirms("confirmed-late");

        assertThat(account.clean(Duration.ofDays(7), 7)).isEqualTo(7);
        assertThat(account.clean(Duration.ofDays(7), 7)).isEqualTo(3);
        assertThat(account.clean(Duration.ofDays(7), 7)).isZero();
        assertThat(account.confirms("confirmed-late")).isEqualTo(ALREADY_DONE);
        assertThat(account.confirms("open")).isEqualTo(RUN);
        assertThatThrownBy(() -> account.clean(Duration.ofSeconds(59), 7))
                .hasMessageStartingWith("HFINT034 ")
                .hasMessageContaining("PT59S");
        assertThatThrownBy(() -> account.clean(Duration.ofDays(7), 0)).hasMessageStartingWith("HFINT035 ");
    }

    @ForEachDatabase
    void the_table_can_be_created_again(TestDatabase database) throws Exception {
        Participant account = open(database);
        account.tries("t");
        account.fence().createTable(account.database());
        assertThat(account.tries("t")).isEqualTo(ALREADY_DONE);
    }

    private Participant open(TestDatabase database) throws SQLException {
        participant = new Participant(database.empty());
        return participant;
    }
}
