package io.holdfast.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.coordinator.Lras.ClosingData;
import io.holdfast.coordinator.Lras.Enlisted;
import io.holdfast.coordinator.Lras.Held;
import io.holdfast.coordinator.config.Configuration;
import io.holdfast.coordinator.config.PropertySource;
import io.holdfast.coordinator.input.HostNotAllowedException;
import io.holdfast.coordinator.input.InvalidInputException;
import io.holdfast.coordinator.lra.Lra;
import io.holdfast.coordinator.lra.LraId;
import io.holdfast.coordinator.lra.LraStatus;
import io.holdfast.coordinator.participant.ParticipantLinks;
import io.holdfast.coordinator.participant.ScriptedParticipant;
import io.holdfast.engine.RefusedException;
import io.holdfast.engine.UnknownTransactionException;
import io.holdfast.engine.log.LogUnavailableException;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.Refusal;
import io.holdfast.engine.state.TransactionId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LrasTest {
    private static final String BASE = "http://localhost:8080/lra-coordinator/lra-coordinator";
    private static final Optional<String> NOBODY = Optional.empty();
    private static final Optional<String> OWNER = Optional.of("token");
    private static final int ROUNDS = 10;

    private final ScriptedParticipant participant = new ScriptedParticipant();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private Path directory;
    private RunningCoordinator running;
    private Lras lras;

    @BeforeEach
    void openIn(@TempDir Path empty) {
        directory = empty;
        open();
    }

    private void open() {
        Map<String, String> properties = Map.of(
                Configuration.LOG_DIRECTORY, directory.toString(),
                Configuration.RETRY_FIRST_MS, "10",
                Configuration.RETRY_MAX_MS, "10",
                Configuration.END_WAIT_MS, "1000");
        running = RunningCoordinator.open(Configuration.read(PropertySource.of(properties::get)), executor);
        lras = running.lras();
    }

    @AfterEach
    void close() {
        running.close();
        participant.close();
        executor.shutdownNow();
    }

    @Test
    void closing_tells_the_participants_and_cancelling_an_ended_one_is_refused() {
        TransactionId id = start(NOBODY);
        join(id, "/a", "");

        assertThat(closed(id, NOBODY)).isEqualTo(LraStatus.CLOSED);
        assertThat(closed(id, NOBODY)).isEqualTo(LraStatus.CLOSED);
        assertThat(participant.lines()).containsExactly("PUT /a/complete");
        assertRefused(lras.cancel(id, NOBODY, Optional.empty()), Refusal.DECIDED_OTHERWISE);
    }

    @Test
    void cancelling_tells_the_participants_in_reverse_order() {
        TransactionId id = start(NOBODY);
        join(id, "/a", "");
        join(id, "/b", "");

        assertThat(get(lras.cancel(id, NOBODY, Optional.empty())).status()).isEqualTo(LraStatus.CANCELLED);
        assertThat(participant.lines()).containsExactly("PUT /b/compensate", "PUT /a/compensate");
    }

    @Test
    void closing_answers_closing_when_a_participant_takes_longer() {
        TransactionId id = start(NOBODY);
        for (int i = 0; i < 1000; i++) {
            participant.answers("PUT /a/complete", 503, "");
        }
        join(id, "/a", "");

        assertThat(closed(id, NOBODY)).isEqualTo(LraStatus.CLOSING);
        assertThat(closed(id, NOBODY)).isEqualTo(LraStatus.CLOSING);
        assertThat(get(lras.recover())).extracting(lra -> lra.id().uid()).containsExactly(id);
        assertRefused(lras.cancel(id, NOBODY, Optional.empty()), Refusal.DECIDED_OTHERWISE);
    }

    @Test
    void joining_again_gives_the_same_recovery_url_and_the_earlier_data() {
        TransactionId id = start(NOBODY);

        Enlisted first = join(id, "/a", "one");
        Enlisted second = join(id, "/a", "two");

        assertThat(second).isEqualTo(new Enlisted(first.recoveryUrl(), "one"));
        assertThat(first.recoveryUrl()).startsWith(BASE + "/recovery/" + id + "/");
    }

    @Test
    void who_has_left_is_not_told() {
        TransactionId id = start(NOBODY);
        join(id, "/a", "");
        get(lras.leave(id, links("/a")));

        assertThat(closed(id, NOBODY)).isEqualTo(LraStatus.CLOSED);
        assertThat(participant.lines()).isEmpty();
        assertThatThrownBy(() -> get(lras.leave(start(NOBODY), links("/a"))))
                .isInstanceOf(UnknownParticipantException.class);
    }

    @Test
    void a_participant_on_a_host_that_is_not_trusted_does_not_join() {
        TransactionId id = start(NOBODY);

        assertThatThrownBy(() -> lras.join(
                        id, ParticipantLinks.parse("<http://inside/c>; rel=compensate"), "", Optional.empty()))
                .isInstanceOf(HostNotAllowedException.class);
    }

    @Test
    void starting_twice_with_the_same_token_gives_the_same_lra() {
        assertThat(start(OWNER)).isEqualTo(start(OWNER)).isNotEqualTo(start(Optional.of("other")));
    }

    @Test
    void a_strangers_close_of_an_owned_lra_stores_its_data_and_ends_nothing() {
        TransactionId id = start(OWNER);
        join(id, "/a", "before");

        assertThat(get(lras.close(id, NOBODY, Optional.of(new ClosingData(links("/a"), "after"))))
                        .status())
                .isEqualTo(LraStatus.ACTIVE);
        assertThat(closed(id, OWNER)).isEqualTo(LraStatus.CLOSED);
        assertThat(participant.requests().get(0).headers()).containsEntry("narayana-lra-participant-data", "after");
    }

    @Test
    void a_close_with_the_wrong_token_stores_nothing() {
        TransactionId id = start(OWNER);
        join(id, "/a", "before");
        Optional<ClosingData> data = Optional.of(new ClosingData(links("/a"), "after"));

        assertRefused(lras.close(id, Optional.of("wrong"), data), Refusal.WRONG_OWNER);
        get(lras.hold(id, "token"));
        assertRefused(lras.cancel(id, NOBODY, data), Refusal.HELD);

        closed(id, OWNER);
        assertThat(participant.requests().get(0).headers()).containsEntry("narayana-lra-participant-data", "before");
    }

    @Test
    void a_held_lra_is_active_takes_no_participants_and_is_ended_by_its_owner_only() {
        TransactionId id = start(OWNER);
        join(id, "/a", "");
        get(lras.join(
                id, ParticipantLinks.parse("<" + participant.url("/l/after") + ">; rel=after"), "", Optional.empty()));

        assertThat(get(lras.hold(id, "token"))).isEqualTo(new Held(1, 1, 0)).isEqualTo(get(lras.hold(id, "token")));
        assertThat(get(lras.find(id)).status()).isEqualTo(LraStatus.ACTIVE);
        assertRefused(lras.join(id, links("/b"), "", Optional.empty()), Refusal.NOT_ACTIVE);
        assertThat(closed(id, NOBODY)).isEqualTo(LraStatus.ACTIVE);
        assertRefused(lras.cancel(id, NOBODY, Optional.empty()), Refusal.HELD);
        assertRefused(lras.cancel(id, Optional.of("wrong"), Optional.empty()), Refusal.WRONG_OWNER);
        assertThat(closed(id, OWNER)).isEqualTo(LraStatus.CLOSED);
    }

    @Test
    void a_strangers_cancel_before_the_hold_cancels_and_the_hold_is_refused() {
        TransactionId id = start(OWNER);

        assertThat(get(lras.cancel(id, NOBODY, Optional.empty())).status()).isEqualTo(LraStatus.CANCELLED);
        assertRefused(lras.hold(id, "token"), Refusal.NOT_ACTIVE);
    }

    @Test
    void the_owner_ends_the_retention() {
        TransactionId id = start(OWNER);
        assertRefused(lras.forget(id, "token"), Refusal.NOT_ENDED);
        closed(id, OWNER);
        assertRefused(lras.forget(id, "wrong"), Refusal.WRONG_OWNER);

        get(lras.forget(id, "token"));

        assertThatThrownBy(() -> get(lras.find(id))).isInstanceOf(UnknownTransactionException.class);
    }

    @Test
    void a_failed_lra_outlives_its_owners_forget_and_stays_until_it_is_resolved() {
        TransactionId id = start(OWNER);
        participant.answers("PUT /a/complete", 409, "");
        join(id, "/a", "");

        assertThat(closed(id, OWNER)).isEqualTo(LraStatus.FAILED_TO_CLOSE);
        assertThat(get(lras.forget(id, "token")).status()).isEqualTo(LraStatus.FAILED_TO_CLOSE);
        assertThat(get(lras.list(LraStatus::isFailed))).hasSize(1);
        get(lras.resolve(id));
        assertThat(get(lras.list(LraStatus::isFailed))).isEmpty();
    }

    @Test
    void an_lra_that_is_not_failed_cannot_be_resolved() {
        TransactionId id = start(NOBODY);

        assertThat(get(lras.resolve(id)).status()).isEqualTo(LraStatus.ACTIVE);
        assertThat(get(lras.find(id)).status()).isEqualTo(LraStatus.ACTIVE);
    }

    @Test
    void a_participant_that_has_moved_is_told_at_its_new_address() {
        TransactionId id = start(NOBODY);
        var member = memberOf(join(id, "/a", ""));

        get(lras.relocate(id, member, links("/b")));

        assertThat(get(lras.participant(id, member))).isEqualTo(links("/b"));
        closed(id, NOBODY);
        assertThat(participant.lines()).containsExactly("PUT /b/complete");
    }

    @Test
    void a_listener_that_has_moved_after_the_end_is_told_at_its_new_address_and_then_moves_no_more() {
        TransactionId id = start(NOBODY);
        for (int i = 0; i < 1000; i++) {
            participant.answers("PUT /l/after", 503, "");
        }
        var member = memberOf(get(lras.join(id, after("/l"), "", Optional.empty())));
        assertThat(closed(id, NOBODY)).isEqualTo(LraStatus.CLOSED);

        get(lras.relocate(id, member, after("/moved")));

        eventually(() -> participant.lines().contains("PUT /moved/after"));
        eventually(() -> get(lras.recover()).isEmpty());
        assertRefused(lras.relocate(id, member, after("/l")), Refusal.NOT_ACTIVE);
    }

    @Test
    void who_moves_loses_nothing_that_it_wants_to_be_told() {
        TransactionId id = start(NOBODY);
        var listener = memberOf(get(lras.join(id, after("/l"), "", Optional.empty())));
        var member = memberOf(join(id, "/a", ""));

        assertThatThrownBy(() -> get(lras.relocate(id, listener, links("/moved"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("rel=after")
                .hasMessageContaining("/moved");
        assertThatThrownBy(() -> get(lras.relocate(id, member, after("/moved"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("rel=compensate");
        assertThat(get(lras.participant(id, listener))).isEqualTo(after("/l"));
    }

    @Test
    void nobody_moves_to_where_another_participant_is() {
        TransactionId id = start(NOBODY);
        join(id, "/a", "");
        var member = memberOf(join(id, "/b", ""));

        assertRefused(lras.relocate(id, member, links("/a")), Refusal.ADDRESS_TAKEN);
        assertThat(get(lras.participant(id, member))).isEqualTo(links("/b"));
    }

    @Test
    void closing_waits_until_listeners_have_been_told() {
        TransactionId id = start(NOBODY);
        listen(id, "/l");

        assertThat(closed(id, NOBODY)).isEqualTo(LraStatus.CLOSED);
        assertThat(participant.lines()).containsExactly("PUT /l/after");
    }

    @Test
    void a_listener_that_does_not_acknowledge_is_told_again_also_after_a_restart() {
        TransactionId id = start(NOBODY);
        for (int i = 0; i < 1000; i++) {
            participant.answers("PUT /l/after", 503, "");
        }
        listen(id, "/l");
        assertThat(closed(id, NOBODY)).isEqualTo(LraStatus.CLOSED);
        int told = participant.lines().size();

        running.close();
        open();

        eventually(() -> participant.lines().size() > told + 1);
        assertThat(get(lras.recover())).extracting(lra -> lra.id().uid()).containsExactly(id);
        assertThat(participant.requests().get(told).body()).isEqualTo("Closed");
    }

    @Test
    void a_listener_still_joins_while_the_lra_is_closing_but_nobody_else() {
        TransactionId id = start(NOBODY);
        for (int i = 0; i < 1000; i++) {
            participant.answers("PUT /a/complete", 503, "");
        }
        join(id, "/a", "");
        assertThat(closed(id, NOBODY)).isEqualTo(LraStatus.CLOSING);

        listen(id, "/l");

        assertRefused(lras.join(id, links("/b"), "", Optional.empty()), Refusal.NOT_ACTIVE);
    }

    @Test
    void a_failed_lra_that_a_person_has_looked_at_is_dropped_whatever_its_participants_are_owed() {
        TransactionId id = start(NOBODY);
        participant.answers("PUT /a/compensate", 409, "");
        for (int i = 0; i < 1000; i++) {
            participant.answers("DELETE /a/forget", 503, "");
        }
        get(lras.join(
                id,
                ParticipantLinks.parse("<" + participant.url("/a/compensate") + ">; rel=compensate,<"
                        + participant.url("/a/forget") + ">; rel=forget"),
                "",
                Optional.empty()));
        get(lras.cancel(id, NOBODY, Optional.empty()));

        assertThat(get(lras.find(id)).isWaiting()).isTrue();

        assertThat(get(lras.resolve(id)).status()).isEqualTo(LraStatus.FAILED_TO_CANCEL);

        assertThatThrownBy(() -> get(lras.find(id))).isInstanceOf(UnknownTransactionException.class);
    }

    @Test
    void a_nested_lra_names_its_parent_and_is_told_both_when_the_parent_cancels() {
        TransactionId outer = start(NOBODY);
        Lra inner = nested(outer);
        join(inner.id().uid(), "/a", "");
        assertThat(inner.id())
                .hasToString(inner.id().address() + "?ParentLRA="
                        + URLEncoder.encode(BASE + "/" + outer, StandardCharsets.UTF_8));

        assertThat(closed(inner.id().uid(), NOBODY)).isEqualTo(LraStatus.CLOSED);
        get(lras.cancel(outer, NOBODY, Optional.empty()));

        assertThat(participant.lines()).containsExactly("PUT /a/complete", "PUT /a/compensate");
        assertThat(get(lras.find(inner.id().uid())).status()).isEqualTo(LraStatus.CANCELLED);
        assertThat(get(lras.find(inner.id().uid())).id()).isEqualTo(inner.id());
    }

    @Test
    void closing_the_parent_closes_what_is_nested_in_it_and_tells_its_listeners() {
        TransactionId outer = start(NOBODY);
        TransactionId inner = nested(outer).id().uid();
        join(inner, "/a", "");
        listen(inner, "/l");

        assertThat(closed(outer, NOBODY)).isEqualTo(LraStatus.CLOSED);
        assertThat(participant.lines()).containsExactly("PUT /a/complete", "PUT /l/after");
        assertThat(get(lras.find(inner)).status()).isEqualTo(LraStatus.CLOSED);
    }

    /** The TCK's mixed outcome; several rounds, since calls to participants run side by side. */
    @Test
    void
            when_the_close_of_the_parent_is_answered_all_participants_have_been_told_also_of_a_nested_lra_cancelled_before() {
        for (int round = 0; round < ROUNDS; round++) {
            int before = participant.lines().size();
            TransactionId outer = start(NOBODY);
            TransactionId cancelled = nested(outer).id().uid();
            TransactionId kept = nested(outer).id().uid();
            joinWithNotices(outer, "/o");
            joinWithNotices(cancelled, "/c");
            joinWithNotices(kept, "/k");
            assertThat(closed(cancelled, NOBODY)).isEqualTo(LraStatus.CLOSED);
            assertThat(closed(kept, NOBODY)).isEqualTo(LraStatus.CLOSED);

            joinWithNotices(cancelled, "/c");
            assertThat(get(lras.cancel(cancelled, NOBODY, Optional.empty())).status())
                    .isEqualTo(LraStatus.CANCELLED);
            assertThat(closed(outer, NOBODY)).isEqualTo(LraStatus.CLOSED);

            assertThat(participant.lines().subList(before, participant.lines().size()))
                    .as("round " + round)
                    .containsExactlyInAnyOrder(
                            "PUT /c/complete",
                            "PUT /c/compensate",
                            "PUT /c/after",
                            "PUT /k/complete",
                            "DELETE /k/forget",
                            "PUT /k/after",
                            "PUT /o/complete",
                            "PUT /o/after");
        }
    }

    @Test
    void the_hold_counts_what_is_nested_and_keeps_strangers_from_ending_it() {
        TransactionId outer = start(OWNER);
        TransactionId inner = nested(outer).id().uid();

        assertThat(get(lras.hold(outer, "token"))).isEqualTo(new Held(0, 0, 1));
        assertRefused(lras.close(inner, NOBODY, Optional.empty()), Refusal.HELD);
        assertThat(closed(outer, OWNER)).isEqualTo(LraStatus.CLOSED);
        assertThat(get(lras.find(inner)).status()).isEqualTo(LraStatus.CLOSED);
    }

    @Test
    void nothing_is_nested_in_an_lra_that_is_unknown_or_has_ended() {
        TransactionId ended = start(NOBODY);
        closed(ended, NOBODY);

        assertThatThrownBy(() -> nested(new TransactionId("nobody"))).isInstanceOf(UnknownTransactionException.class);
        assertThatThrownBy(() -> nested(ended)).isInstanceOf(RefusedException.class);
    }

    @Test
    void nesting_ends_where_the_ids_would_get_too_long() {
        TransactionId outer = start(NOBODY);

        assertThatThrownBy(() -> {
                    TransactionId id = outer;
                    for (int i = 0; i < 100; i++) {
                        id = nested(id).id().uid();
                    }
                })
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("2048");
    }

    @Test
    void an_owned_nested_lra_is_held_and_closed_by_its_owner_and_compensated_when_the_outer_is_cancelled() {
        TransactionId outer = start(NOBODY);
        TransactionId inner = nestedOwned(outer);
        join(inner, "/a", "");

        assertThat(get(lras.hold(inner, "token"))).isEqualTo(new Held(1, 0, 0));
        assertThat(closed(inner, NOBODY)).isEqualTo(LraStatus.ACTIVE);
        assertThat(closed(inner, OWNER)).isEqualTo(LraStatus.CLOSED);
        assertThat(get(lras.forget(inner, "token")).status()).isEqualTo(LraStatus.CLOSED);
        assertRefused(lras.cancel(inner, NOBODY, Optional.empty()), Refusal.DECIDED_OTHERWISE);

        assertThat(get(lras.cancel(outer, NOBODY, Optional.empty())).status()).isEqualTo(LraStatus.CANCELLED);
        assertThat(participant.lines()).containsExactly("PUT /a/complete", "PUT /a/compensate");
    }

    @Test
    void a_cancel_of_the_outer_waits_for_the_owner_of_a_held_nested_lra() {
        TransactionId outer = start(NOBODY);
        TransactionId inner = nestedOwned(outer);
        join(inner, "/a", "");
        get(lras.hold(inner, "token"));

        assertThat(get(lras.cancel(outer, NOBODY, Optional.empty())).status()).isEqualTo(LraStatus.CANCELLING);
        assertThat(get(lras.find(inner)).status()).isEqualTo(LraStatus.ACTIVE);
        running.close();
        open();
        assertThat(get(lras.find(inner)).status()).isEqualTo(LraStatus.ACTIVE);
        assertThat(participant.lines()).isEmpty();
        get(lras.close(inner, OWNER, Optional.empty()));

        assertThat(get(lras.cancel(outer, NOBODY, Optional.empty())).status()).isEqualTo(LraStatus.CANCELLED);
        assertThat(participant.lines()).containsExactly("PUT /a/complete", "PUT /a/compensate");
        assertThat(closed(inner, OWNER)).isEqualTo(LraStatus.CANCELLED);
    }

    @Test
    void a_cancel_of_the_outer_before_the_hold_cancels_an_owned_nested_lra_and_refuses_its_close() {
        TransactionId outer = start(NOBODY);
        TransactionId inner = nestedOwned(outer);

        assertThat(get(lras.cancel(outer, NOBODY, Optional.empty())).status()).isEqualTo(LraStatus.CANCELLED);

        assertRefused(lras.hold(inner, "token"), Refusal.NOT_ACTIVE);
        assertRefused(lras.close(inner, OWNER, Optional.empty()), Refusal.DECIDED_OTHERWISE);
    }

    @Test
    void a_close_of_the_outer_waits_for_the_owner_of_a_nested_lra() {
        TransactionId outer = start(NOBODY);
        TransactionId inner = nestedOwned(outer);
        join(inner, "/a", "");

        assertThat(closed(outer, NOBODY)).isEqualTo(LraStatus.CLOSING);
        get(lras.hold(inner, "token"));
        assertThat(closed(outer, NOBODY)).isEqualTo(LraStatus.CLOSING);
        assertThat(participant.lines()).isEmpty();
        assertThat(closed(inner, OWNER)).isEqualTo(LraStatus.CLOSED);

        assertThat(closed(outer, NOBODY)).isEqualTo(LraStatus.CLOSED);
        assertThat(participant.lines()).containsExactly("PUT /a/complete");
    }

    @Test
    void an_owned_nested_lra_is_found_by_its_token_when_the_outer_is_gone() {
        TransactionId outer = start(OWNER);
        TransactionId inner = get(lras.startNested(outer, BASE, "client", Optional.of("inner"), Optional.empty()))
                .id()
                .uid();
        get(lras.cancel(outer, OWNER, Optional.empty()));
        get(lras.forget(outer, "token"));

        Lra found = get(lras.startNested(outer, BASE, "client", Optional.of("inner"), Optional.empty()));

        assertThat(found.id().uid()).isEqualTo(inner);
        assertThat(found.status()).isEqualTo(LraStatus.CANCELLED);
        assertThatThrownBy(() -> get(lras.startNested(outer, BASE, "client", Optional.of("new"), Optional.empty())))
                .isInstanceOf(UnknownTransactionException.class);
    }

    private TransactionId nestedOwned(TransactionId outer) {
        return get(lras.startNested(outer, BASE, "client", OWNER, Optional.empty()))
                .id()
                .uid();
    }

    private Lra nested(TransactionId outer) {
        return get(lras.startNested(outer, BASE, "client", NOBODY, Optional.empty()));
    }

    private void listen(TransactionId id, String path) {
        get(lras.join(id, after(path), "", Optional.empty()));
    }

    @Test
    void a_restart_keeps_the_lra_its_id_and_what_is_held() {
        TransactionId id = start(OWNER);
        join(id, "/a", "");
        get(lras.hold(id, "token"));
        String before = get(lras.find(id)).id().toString();

        running.close();
        open();

        assertThat(get(lras.find(id)).id()).hasToString(before);
        assertRefused(lras.cancel(id, NOBODY, Optional.empty()), Refusal.HELD);
        assertThat(start(OWNER)).isEqualTo(id);
        assertThat(closed(id, OWNER)).isEqualTo(LraStatus.CLOSED);
    }

    @Test
    void a_second_coordinator_on_the_same_log_is_refused_by_name() {
        assertThatThrownBy(this::open)
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining(directory.toString());
    }

    private TransactionId start(Optional<String> owner) {
        Lra lra = get(lras.start(BASE, "client", owner, Optional.of(Duration.ofMinutes(5))));
        return lra.id().uid();
    }

    private Enlisted join(TransactionId id, String path, String data) {
        return get(lras.join(id, links(path), data, Optional.empty()));
    }

    private void joinWithNotices(TransactionId id, String path) {
        get(lras.join(
                id,
                ParticipantLinks.parse(links(path) + ",<" + participant.url(path + "/forget") + ">; rel=forget,<"
                        + participant.url(path + "/after") + ">; rel=after"),
                "",
                Optional.empty()));
    }

    private ParticipantLinks after(String path) {
        return ParticipantLinks.parse("<" + participant.url(path + "/after") + ">; rel=after");
    }

    private static ParticipantId memberOf(Enlisted enlisted) {
        String url = enlisted.recoveryUrl();
        return LraId.participantIn(url.substring(url.lastIndexOf('/') + 1));
    }

    private LraStatus closed(TransactionId id, Optional<String> owner) {
        return get(lras.close(id, owner, Optional.empty())).status();
    }

    private ParticipantLinks links(String path) {
        return ParticipantLinks.parse("<" + participant.url(path + "/compensate") + ">; rel=compensate,<"
                + participant.url(path + "/complete") + ">; rel=complete");
    }

    private static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void assertRefused(CompletableFuture<?> future, Refusal refusal) {
        assertThatThrownBy(() -> get(future))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.refusal())
                        .isEqualTo(refusal));
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            while (cause instanceof CompletionException && cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (cause instanceof RuntimeException expected) {
                throw expected;
            }
            throw new AssertionError(cause);
        } catch (InterruptedException | TimeoutException notDone) {
            throw new AssertionError(notDone);
        }
    }
}
