package io.holdfast.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MachineTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ParticipantId A = new ParticipantId("a");
    private static final ParticipantId B = new ParticipantId("b");
    private static final ParticipantId C = new ParticipantId("c");
    private static final ParticipantId D = new ParticipantId("d");

    @Test
    void every_row_of_the_table_is_taken_and_no_other() {
        Set<TransactionTable.Row> taken = new LinkedHashSet<>();
        for (long seed = 0; seed < 20_000; seed++) {
            RandomWalk walk = new RandomWalk(seed);
            walk.walk(60);
            taken.addAll(walk.taken());
        }
        assertThat(taken).containsExactlyInAnyOrderElementsOf(TransactionTable.rows());
    }

    @Test
    void the_diagram_in_the_docs_is_that_of_the_table() throws IOException {
        Path diagram = Path.of("../../docs/states.md");
        String current = TransactionTable.ordered().stream()
                .filter(row -> row.from() != row.to())
                .map(row -> "    " + row.from() + " --> " + row.to() + ": "
                        + row.event().getSimpleName())
                .collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(
                    diagram,
                    "# The states of a transaction\n\nWritten from the table in `TransactionTable`; a test fails when it drifts"
                            + " (`-Ddocs.write=true` writes it anew).\n\n```mermaid\nstateDiagram-v2\n" + current
                            + "\n```\n");
        }
        assertThat(Files.readString(diagram)).contains(current + "\n```");
    }

    @Test
    void an_event_that_no_row_lists_is_a_bug() {
        Transaction active = started(null);
        assertThatThrownBy(() -> Machine.apply(active, new Event.Ended(TransactionState.CONFIRMED, NOW)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("tx")
                .hasMessageContaining("ACTIVE")
                .hasMessageContaining("CONFIRMED");
    }

    @Test
    void a_prepared_transaction_does_not_time_out() {
        Transaction prepared =
                after(started(null), new Command.Renew(Duration.ofSeconds(1), NOW), new Command.Hold(null));
        assertThat(Machine.decide(prepared, new Command.DeadlinePassed(NOW.plusSeconds(60)))
                        .events())
                .isEmpty();
    }

    @Test
    void a_stranger_neither_closes_an_owned_transaction_nor_cancels_a_held_one() {
        Transaction owned = started("token");
        assertThat(after(owned, new Command.Confirm(null, Reason.REQUESTED, NOW))
                        .state())
                .isEqualTo(TransactionState.ACTIVE);
        Transaction held = after(owned, new Command.Hold("token"));
        assertThat(Machine.decide(held, new Command.Cancel(null, Reason.REQUESTED, NOW))
                        .refusal())
                .isEqualTo(Refusal.HELD);
        assertThat(Machine.decide(held, new Command.Confirm("guess", Reason.REQUESTED, NOW))
                        .refusal())
                .isEqualTo(Refusal.WRONG_OWNER);
        assertThat(after(held, new Command.Confirm("token", Reason.REQUESTED, NOW))
                        .state())
                .isEqualTo(TransactionState.CONFIRMED);
    }

    @Test
    void a_stranger_cancels_an_owned_transaction_before_it_is_held() {
        assertThat(after(started("token"), new Command.Cancel(null, Reason.REQUESTED, NOW))
                        .state())
                .isEqualTo(TransactionState.CANCELLED);
    }

    @Test
    void a_decision_is_never_turned_round() {
        Transaction confirming =
                after(started(null), join(A, ParticipantKind.ACTED), new Command.Confirm(null, Reason.REQUESTED, NOW));
        assertThat(confirming.state()).isEqualTo(TransactionState.CONFIRMING);
        assertThat(Machine.decide(confirming, new Command.Cancel(null, Reason.REQUESTED, NOW))
                        .refusal())
                .isEqualTo(Refusal.DECIDED_OTHERWISE);
        assertThat(Machine.decide(confirming, new Command.Confirm(null, Reason.REQUESTED, NOW))
                        .events())
                .isEmpty();
    }

    @Test
    void nobody_joins_leaves_or_renews_once_it_is_held_or_decided() {
        Transaction held = after(started(null), join(A, ParticipantKind.ACTED), new Command.Hold(null));
        Transaction confirming = after(held, new Command.Confirm(null, Reason.REQUESTED, NOW));
        for (Transaction tx : List.of(held, confirming)) {
            assertThat(Machine.decide(tx, join(B, ParticipantKind.ACTED)).refusal())
                    .isEqualTo(Refusal.NOT_ACTIVE);
            assertThat(Machine.decide(tx, new Command.Leave(A)).refusal()).isEqualTo(Refusal.NOT_ACTIVE);
            assertThat(Machine.decide(tx, new Command.Renew(null, NOW)).refusal())
                    .isEqualTo(Refusal.NOT_ACTIVE);
        }
    }

    @Test
    void the_same_address_joins_once_and_its_data_are_kept_up_to_date() {
        Transaction once =
                after(started(null), new Command.Join(A, ParticipantKind.ACTED, "x", "one", Set.of(), null, NOW));
        Transaction twice = after(once, new Command.Join(B, ParticipantKind.ACTED, "x", "two", Set.of(), null, NOW));
        assertThat(twice.participants().size()).isEqualTo(1);
        assertThat(twice.participant(A).data()).isEqualTo("two");
    }

    @Test
    void nobody_moves_to_the_address_of_another_participant() {
        for (int others : List.of(1, 40)) {
            Transaction tx = after(started(null), join(A, ParticipantKind.ACTED), join(B, ParticipantKind.ACTED));
            for (int i = 0; i < others; i++) {
                tx = after(tx, join(new ParticipantId("other" + i), ParticipantKind.ACTED));
            }

            assertThat(Machine.decide(tx, new Command.Relocate(A, "address-b", true))
                            .refusal())
                    .isEqualTo(Refusal.ADDRESS_TAKEN);

            Transaction moved =
                    after(tx, new Command.Relocate(A, "elsewhere", true), new Command.Relocate(B, "address-a", true));
            assertThat(moved.participants().findByAddress("elsewhere").map(Participant::id))
                    .contains(A);
            assertThat(moved.participants().findByAddress("address-a").map(Participant::id))
                    .contains(B);
            assertThat(moved.participants().findByAddress("address-b")).isEmpty();
        }
    }

    @Test
    void the_earliest_limit_wins_on_join() {
        Transaction tx = after(started(null), new Command.Renew(Duration.ofSeconds(10), NOW));
        Transaction longer =
                after(tx, new Command.Join(A, ParticipantKind.ACTED, "a", "", Set.of(), Duration.ofSeconds(20), NOW));
        assertThat(longer.deadline()).isEqualTo(NOW.plusSeconds(10));
        Transaction shorter =
                after(tx, new Command.Join(A, ParticipantKind.ACTED, "a", "", Set.of(), Duration.ofSeconds(5), NOW));
        assertThat(shorter.deadline()).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void one_no_cancels_and_all_yes_prepare() {
        Transaction asked = after(
                started(null),
                join(A, ParticipantKind.VOTING),
                join(B, ParticipantKind.VOTING),
                new Command.Prepare(false, NOW));
        Transaction oneYes = after(asked, new Command.CastVote(A, Vote.YES, NOW));
        assertThat(oneYes.state()).isEqualTo(TransactionState.PREPARING);
        assertThat(after(oneYes, new Command.CastVote(B, Vote.YES, NOW)).state())
                .isEqualTo(TransactionState.PREPARED);
        Transaction refused = after(oneYes, new Command.CastVote(B, Vote.NO, NOW));
        assertThat(refused.state()).isEqualTo(TransactionState.CANCELLING);
        assertThat(refused.reason()).isEqualTo(Reason.VOTED_NO);
    }

    @Test
    void no_vote_in_time_is_a_no() {
        Transaction asked = after(started(null), join(A, ParticipantKind.VOTING), new Command.Prepare(false, NOW));
        assertThat(after(asked, new Command.CastVote(A, Vote.UNREACHABLE, NOW)).reason())
                .isEqualTo(Reason.NO_VOTE);
    }

    @Test
    void the_last_yes_decides_in_one_phase() {
        Transaction asked = after(started(null), join(A, ParticipantKind.VOTING), new Command.Prepare(true, NOW));
        assertThat(after(asked, new Command.CastVote(A, Vote.YES, NOW)).state()).isEqualTo(TransactionState.CONFIRMING);
    }

    @Test
    void voters_that_were_not_asked_cannot_be_confirmed() {
        Transaction tx = after(started(null), join(A, ParticipantKind.VOTING));
        assertThat(Machine.decide(tx, new Command.Confirm(null, Reason.REQUESTED, NOW))
                        .refusal())
                .isEqualTo(Refusal.NOT_PREPARED);
    }

    @Test
    void cancel_goes_in_the_reverse_order_of_joining() {
        Transaction tx = after(started(null), join(A, ParticipantKind.ACTED), join(B, ParticipantKind.ACTED));
        assertThat(Machine.decide(tx, new Command.Cancel(null, Reason.REQUESTED, NOW))
                        .effects())
                .contains(new Effect.DeliverCancel(List.of(B, A)));
    }

    @Test
    void a_deferred_participant_is_dropped_on_cancel_without_a_call() {
        Transaction tx = after(started(null), join(A, ParticipantKind.DEFERRED));
        assertThat(after(tx, new Command.Cancel(null, Reason.REQUESTED, NOW)).state())
                .isEqualTo(TransactionState.CANCELLED);
    }

    @Test
    void a_refusal_for_good_ends_in_failure_after_the_others_have_answered() {
        Transaction tx = after(
                started(null),
                join(A, ParticipantKind.ACTED),
                join(B, ParticipantKind.ACTED),
                new Command.Confirm(null, Reason.REQUESTED, NOW));
        Transaction failed = after(tx, new Command.ParticipantAnswered(A, true, new Command.Outcome.Failed("no"), NOW));
        assertThat(failed.state()).isEqualTo(TransactionState.CONFIRMING);
        assertThat(after(failed, new Command.ParticipantAnswered(B, true, new Command.Outcome.Done(), NOW))
                        .state())
                .isEqualTo(TransactionState.FAILED_TO_CONFIRM);
    }

    @Test
    void actions_are_undone_one_after_the_other_and_a_failed_one_holds_back_the_rest_until_a_person_resolves_it() {
        Transaction tx = after(
                started(null),
                join(A, ParticipantKind.ACTION),
                join(B, ParticipantKind.ACTION),
                join(C, ParticipantKind.ACTED),
                join(D, ParticipantKind.ACTION));
        var cancel = new Command.Cancel(null, Reason.REQUESTED, NOW);
        assertThat(Machine.decide(tx, cancel).effects()).contains(new Effect.DeliverCancel(List.of(D, C)));
        Transaction cancelling = after(tx, cancel);

        var done = new Command.ParticipantAnswered(D, false, new Command.Outcome.Done(), NOW);
        assertThat(Machine.decide(cancelling, done).effects()).containsExactly(new Effect.DeliverCancel(List.of(B)));
        var alsoDone = new Command.ParticipantAnswered(C, false, new Command.Outcome.Done(), NOW);
        Transaction two = after(cancelling, done, alsoDone);

        var failed = new Command.ParticipantAnswered(B, false, new Command.Outcome.Failed("no"), NOW);
        assertThat(Machine.decide(two, failed).effects()).isEmpty();
        Transaction held = after(two, failed);
        assertThat(held.state()).isEqualTo(TransactionState.CANCELLING);
        assertThat(Machine.resume(held)).isEmpty();

        var resolved = new Command.ResolveParticipant(B, "Ann", "done by hand", NOW);
        assertThat(Machine.decide(held, resolved).effects()).containsExactly(new Effect.DeliverCancel(List.of(A)));
        Transaction end =
                after(held, resolved, new Command.ParticipantAnswered(A, false, new Command.Outcome.Done(), NOW));
        assertThat(end.state()).isEqualTo(TransactionState.CANCELLED);
    }

    @Test
    void a_person_resolves_only_what_is_being_told() {
        Transaction tx = after(started(null), join(A, ParticipantKind.ACTED));
        var resolve = new Command.ResolveParticipant(A, "Ann", "why", NOW);
        assertThat(Machine.decide(tx, resolve).refusal()).isEqualTo(Refusal.NOT_BEING_TOLD);
        Transaction cancelling = after(tx, new Command.Cancel(null, Reason.REQUESTED, NOW));
        assertThat(Machine.decide(cancelling, new Command.ResolveParticipant(B, "Ann", "why", NOW))
                        .refusal())
                .isEqualTo(Refusal.UNKNOWN_PARTICIPANT);
        assertThat(after(cancelling, resolve).state()).isEqualTo(TransactionState.CANCELLED);
    }

    private static Transaction confirmingOneByOne() {
        return after(
                started(null),
                join(A, ParticipantKind.ACTION),
                join(B, ParticipantKind.ACTED),
                join(C, ParticipantKind.ACTED),
                new Command.Confirm(null, Reason.ONE_BY_ONE, NOW));
    }

    @Test
    void a_refusal_before_anybody_has_confirmed_turns_a_decision_of_the_only_decider_round() {
        Transaction confirming = confirmingOneByOne();
        assertThat(Machine.resume(confirming)).containsExactly(new Effect.DeliverConfirm(List.of(B)));

        var refused = new Command.ParticipantAnswered(B, true, new Command.Outcome.Failed("no"), NOW);
        assertThat(Machine.decide(confirming, refused).effects()).contains(new Effect.DeliverCancel(List.of(C, B, A)));
        Transaction cancelling = after(confirming, refused);
        assertThat(cancelling.state()).isEqualTo(TransactionState.CANCELLING);
        assertThat(cancelling.reason()).isEqualTo(Reason.CONFIRM_REFUSED);
    }

    @Test
    void once_the_first_has_confirmed_the_others_are_told_and_a_refusal_is_a_failure() {
        Transaction confirming = confirmingOneByOne();
        var done = new Command.ParticipantAnswered(B, true, new Command.Outcome.Done(), NOW);
        assertThat(Machine.decide(confirming, done).effects())
                .containsExactly(new Effect.DeliverConfirm(List.of(A, C)));

        Transaction end = after(
                confirming,
                done,
                new Command.ParticipantAnswered(C, true, new Command.Outcome.Failed("no"), NOW),
                new Command.ParticipantAnswered(A, true, new Command.Outcome.Done(), NOW));
        assertThat(end.state()).isEqualTo(TransactionState.FAILED_TO_CONFIRM);
    }

    @Test
    void a_decision_that_was_made_firm_is_not_turned_round_any_more() {
        Transaction confirming = confirmingOneByOne();
        assertThat(Machine.decide(confirming, new Command.MakeFirm(null)).effects())
                .containsExactly(new Effect.DeliverConfirm(List.of(A, C)));
        Transaction firm = after(confirming, new Command.MakeFirm(null));
        assertThat(after(firm, new Command.ParticipantAnswered(B, true, new Command.Outcome.Failed("no"), NOW))
                        .state())
                .isEqualTo(TransactionState.CONFIRMING);
    }

    private static Transaction confirming(ParticipantKind... kinds) {
        List<ParticipantId> ids = List.of(A, B, C, D);
        Transaction tx = started(null);
        for (int i = 0; i < kinds.length; i++) {
            tx = after(tx, join(ids.get(i), kinds[i]));
        }
        return after(tx, new Command.Confirm(null, Reason.REQUESTED, NOW));
    }

    private static Command force(ParticipantId participant) {
        return new Command.ForceParticipant(participant, "Ann", "it never answers", NOW);
    }

    private static Command done(ParticipantId participant, boolean confirm) {
        return new Command.ParticipantAnswered(participant, confirm, new Command.Outcome.Done(), NOW);
    }

    @Test
    void a_participant_that_is_forced_is_told_the_other_side_and_the_transaction_ends_as_failed() {
        Transaction confirming = confirming(ParticipantKind.ACTED, ParticipantKind.ACTED);
        assertThat(Machine.decide(confirming, force(A)).effects())
                .containsExactly(new Effect.DeliverCancel(List.of(A)));
        Transaction forced = after(confirming, force(A));
        assertThat(forced.state()).isEqualTo(TransactionState.CONFIRMING);
        assertThat(Machine.resume(forced))
                .containsExactly(new Effect.DeliverConfirm(List.of(B)), new Effect.DeliverCancel(List.of(A)));

        Transaction end = after(forced, done(B, true), done(A, false));

        assertThat(end.state()).isEqualTo(TransactionState.FAILED_TO_CONFIRM);
        assertThat(end.participant(A).state()).isEqualTo(ParticipantState.CANCELLED);
        assertThat(end.participant(B).state()).isEqualTo(ParticipantState.CONFIRMED);
    }

    @Test
    void a_participant_of_a_cancelled_transaction_is_forced_to_confirm() {
        Transaction cancelling =
                after(started(null), join(A, ParticipantKind.ACTED), new Command.Cancel(null, Reason.REQUESTED, NOW));
        assertThat(Machine.decide(cancelling, force(A)).effects())
                .containsExactly(new Effect.DeliverConfirm(List.of(A)));

        Transaction end = after(cancelling, force(A), done(A, true));

        assertThat(end.state()).isEqualTo(TransactionState.FAILED_TO_CANCEL);
        assertThat(end.participant(A).state()).isEqualTo(ParticipantState.CONFIRMED);
    }

    @Test
    void an_answer_to_what_a_forced_participant_is_not_told_any_more_means_nothing() {
        Transaction forced = after(confirming(ParticipantKind.ACTED), force(A));
        var refused = new Command.Outcome.Failed("no");
        for (Command late : List.of(done(A, true), new Command.ParticipantAnswered(A, true, refused, NOW))) {
            assertThat(Machine.decide(forced, late).events()).isEmpty();
        }

        Transaction end = after(forced, new Command.ParticipantAnswered(A, false, refused, NOW));

        assertThat(end.participant(A).state()).isEqualTo(ParticipantState.FAILED_TO_CANCEL);
        assertThat(end.state()).isEqualTo(TransactionState.FAILED_TO_CONFIRM);
    }

    @Test
    void forcing_twice_changes_nothing_and_who_has_answered_is_not_forced() {
        Transaction confirming = confirming(ParticipantKind.ACTED, ParticipantKind.ACTED);
        Transaction forced = after(confirming, force(A));
        assertThat(Machine.decide(forced, force(A)).events()).isEmpty();
        assertThat(Machine.decide(after(forced, done(A, false)), force(A)).refusal())
                .isEqualTo(Refusal.ANSWERED);
        assertThat(Machine.decide(after(confirming, done(A, true)), force(A)).refusal())
                .isEqualTo(Refusal.ANSWERED);
    }

    @Test
    void only_a_participant_that_is_being_told_is_forced() {
        Transaction tx = after(started(null), join(A, ParticipantKind.ACTED));
        assertThat(Machine.decide(tx, force(A)).refusal()).isEqualTo(Refusal.NOT_BEING_TOLD);
        assertThat(Machine.decide(tx, force(B)).refusal()).isEqualTo(Refusal.UNKNOWN_PARTICIPANT);
        Transaction outer = confirming(ParticipantKind.NESTED);
        assertThat(Machine.decide(outer, force(A)).refusal()).isEqualTo(Refusal.UNKNOWN_PARTICIPANT);
    }

    @Test
    void forcing_the_first_of_a_decision_that_can_be_turned_round_turns_it_round() {
        Transaction confirming = confirmingOneByOne();
        assertThat(Machine.decide(confirming, force(C)).refusal())
                .as("it is not told yet")
                .isEqualTo(Refusal.NOT_BEING_TOLD);
        assertThat(Machine.decide(confirming, force(B)).effects()).contains(new Effect.DeliverCancel(List.of(C, B, A)));

        Transaction end = after(confirming, force(B), done(C, false), done(B, false), done(A, false));

        assertThat(end.state()).isEqualTo(TransactionState.CANCELLED);
        assertThat(end.reason()).isEqualTo(Reason.CONFIRM_REFUSED);
    }

    @Test
    void an_action_that_is_forced_to_stand_holds_back_nobody() {
        Transaction cancelling = after(
                started(null),
                join(A, ParticipantKind.ACTION),
                join(B, ParticipantKind.ACTION),
                join(C, ParticipantKind.ACTION),
                new Command.Cancel(null, Reason.REQUESTED, NOW));
        assertThat(Machine.decide(cancelling, force(A)).refusal())
                .as("it is not told yet")
                .isEqualTo(Refusal.NOT_BEING_TOLD);

        assertThat(Machine.decide(cancelling, force(C)).effects())
                .containsExactly(new Effect.DeliverCancel(List.of(B)), new Effect.DeliverConfirm(List.of(C)));
        Transaction forced = after(cancelling, force(C));
        assertThat(Machine.resume(forced))
                .containsExactly(new Effect.DeliverConfirm(List.of(C)), new Effect.DeliverCancel(List.of(B)));
        Transaction end = after(forced, done(B, false), done(A, false), done(C, true));
        assertThat(end.state()).isEqualTo(TransactionState.FAILED_TO_CANCEL);
    }

    @Test
    void a_person_who_answers_for_an_action_out_of_turn_has_nobody_told_twice() {
        Transaction cancelling = after(
                started(null),
                join(A, ParticipantKind.ACTION),
                join(B, ParticipantKind.ACTION),
                new Command.Cancel(null, Reason.REQUESTED, NOW));

        var resolve = new Command.ResolveParticipant(A, "Ann", "done by hand", NOW);
        assertThat(Machine.decide(cancelling, resolve).effects()).isEmpty();
    }

    @Test
    void a_deferred_participant_that_is_forced_is_dropped_without_a_call() {
        Transaction confirming = confirming(ParticipantKind.DEFERRED, ParticipantKind.ACTED);
        assertThat(Machine.decide(confirming, force(A)).effects()).isEmpty();

        Transaction end = after(confirming, force(A), done(B, true));

        assertThat(end.state()).isEqualTo(TransactionState.FAILED_TO_CONFIRM);
        assertThat(after(confirming(ParticipantKind.DEFERRED), force(A)).state())
                .isEqualTo(TransactionState.FAILED_TO_CONFIRM);
    }

    @Test
    void who_answers_for_a_forced_participant_answers_what_it_is_told() {
        Transaction confirming = confirming(ParticipantKind.ACTED, ParticipantKind.ACTED);
        var resolve = new Command.ResolveParticipant(A, "Ann", "cancelled by hand", NOW);

        Transaction end = after(confirming, force(A), resolve, done(B, true));

        assertThat(end.participant(A).state()).isEqualTo(ParticipantState.CANCELLED);
        assertThat(end.state()).isEqualTo(TransactionState.FAILED_TO_CONFIRM);
    }

    @Test
    void what_was_forced_to_cancel_is_not_told_again_when_the_transaction_around_is_cancelled() {
        var start = new Command.Start(new TransactionId("tx"), "origin", null, new TransactionId("outer"), null, NOW);
        Transaction nested = after(
                Machine.apply(null, Machine.start(start).events().get(0)),
                join(A, ParticipantKind.ACTED),
                join(B, ParticipantKind.ACTED),
                new Command.Confirm(null, Reason.REQUESTED, NOW),
                force(A),
                done(A, false),
                done(B, true));
        assertThat(nested.isProvisional()).isTrue();
        var cancel = new Command.Cancel(null, Reason.PARENT, NOW);
        assertThat(Machine.decide(nested, cancel).effects()).contains(new Effect.DeliverCancel(List.of(B)));
        assertThat(after(nested, cancel, done(B, false)).state()).isEqualTo(TransactionState.CANCELLED);
    }

    private static Transaction started(@Nullable String owner) {
        var start = new Command.Start(new TransactionId("tx"), "origin", owner, null, null, NOW);
        return Machine.apply(null, Machine.start(start).events().get(0));
    }

    private static Command join(ParticipantId id, ParticipantKind kind) {
        return new Command.Join(id, kind, "address-" + id, "", Set.of(), null, NOW);
    }

    private static Transaction after(Transaction start, Command... commands) {
        Transaction tx = start;
        for (Command command : commands) {
            Decision decision = Machine.decide(tx, command);
            assertThat(decision.refusal()).isNull();
            for (Event event : decision.events()) {
                tx = Machine.apply(tx, event);
            }
        }
        return tx;
    }
}
