package io.holdfast.interceptors.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.Enlisted;
import io.holdfast.api.FlowState;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalCall.Decision;
import io.holdfast.api.LocalParticipant;
import io.holdfast.interceptors.JtaTransaction;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Participants of an LRA: what they and its coordinator are told when things go wrong between them. */
class LraFlowTest {
    private static final String SHOP = "shop/web";

    private final FakeFlows flows = new FakeFlows();
    private final Tries tries = new Tries();
    private final TccBeans beans = new TccBeans();
    private final TccMethod method = read();

    public static class Seats {
        @Tcc(confirm = "book", cancel = "release", fence = false)
        public void hold(long seat) {}

        public void book(long seat) {}

        public void release(long seat) {}
    }

    private TccMethod read() {
        try {
            TccMethod found = TccReader.read(Seats.class, Seats.class.getMethod("hold", long.class));
            beans.add(found);
            return found;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Object hold(Callable<@Nullable Object> attempt) throws Exception {
        JtaTransaction none = JtaTransaction.ofThisThread(flows);
        Deciding lra = new ByLra(flows.lras, FakeFlows.LRA, SHOP, none, tries, flows);
        return new TryCall(flows, SHOP, method, new Fences(flows), tries, flows.server)
                .run(lra, none, new Object[] {7L}, attempt);
    }

    private Enlisted participant(int number) {
        return List.copyOf(flows.participants.keySet()).get(number - 1);
    }

    private LocalAnswer decide(Decision decision, Enlisted participant) {
        return decide(decision, participant, tries);
    }

    /** As after a restart, which knows of no tries. */
    private LocalAnswer confirmAfterRestart(Enlisted participant) {
        return decide(Decision.CONFIRM, participant, new Tries());
    }

    private LocalAnswer decide(Decision decision, Enlisted participant, Tries known) {
        LocalParticipant recorded = Objects.requireNonNull(flows.participants.get(participant));
        return new TccDispatcher(
                        flows,
                        beans,
                        new Fences(flows),
                        known,
                        flows.server,
                        (tcc, callback, arguments) -> flows.events.add(callback.getName()),
                        alarm -> {})
                .dispatch(new LocalCall(participant, recorded, decision, 1));
    }

    private LraFlow asCoordinatorSeesIt() {
        return new LraFlow(flows, SHOP, FakeFlows.LRA, flows.lras.kept);
    }

    @Test
    void a_try_in_an_lra_joins_it_once_and_is_confirmed() throws Exception {
        assertThat(hold(() -> "held")).isEqualTo("held");
        hold(() -> "held");
        assertThat(flows.lras.data).containsExactly("", "node n1 application shop%2Fweb");

        assertThat(decide(Decision.CONFIRM, participant(1))).isEqualTo(new LocalAnswer.Done());
        assertThat(flows.events).containsExactly("book");
        assertThat(asCoordinatorSeesIt().complete().status()).isEqualTo(200);
    }

    @Test
    void an_adapter_that_cannot_be_asked_is_no_failure_of_the_participant() throws Exception {
        hold(() -> "held");
        flows.outage = new HoldfastException("HFRAR028 it is being restarted");
        assertThat(asCoordinatorSeesIt().complete().status()).isEqualTo(503);
        assertThat(asCoordinatorSeesIt().compensate().status()).isEqualTo(503);
        assertThat(asCoordinatorSeesIt().status().status()).isEqualTo(503);
        assertThat(asCoordinatorSeesIt().forget().status()).isEqualTo(503);
        assertThat(flows.state).isEqualTo(FlowState.ACTIVE);

        flows.outage = null;
        LraFlow.Answer repeated = asCoordinatorSeesIt().complete();
        assertThat(repeated.status()).isEqualTo(200);
        assertThat(repeated.word()).isEqualTo("Completed");
    }

    @Test
    void what_another_node_or_another_application_keeps_is_not_told_as_done() throws Exception {
        hold(() -> "held");
        flows.state = FlowState.UNKNOWN;
        assertThat(asCoordinatorSeesIt().complete().status()).isEqualTo(200);
        assertThat(new LraFlow(flows, "shop-2/web", FakeFlows.LRA, flows.lras.kept)
                        .complete()
                        .status())
                .isEqualTo(503);

        flows.node = "n2";
        assertThat(asCoordinatorSeesIt().complete().status()).isEqualTo(503);
        assertThat(asCoordinatorSeesIt().status().status()).isEqualTo(503);
        assertThat(flows.events).doesNotContain("ended false");
    }

    @Test
    void a_coordinator_that_keeps_no_data_is_answered_as_before() throws Exception {
        hold(() -> "held");
        assertThat(new LraFlow(flows, SHOP, FakeFlows.LRA, "").complete().status())
                .isEqualTo(200);
    }

    @Test
    void a_second_node_with_the_address_of_the_first_is_refused_and_takes_nothing_away() {
        flows.lras.kept = "node n2 application shop%2Fweb";
        assertThatThrownBy(() -> hold(() -> "held"))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContainingAll("HFINT078", "node n2", "node n1");
        assertThat(flows.lras.kept).isEqualTo("node n2 application shop%2Fweb");
        assertThat(flows.participants).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"Closing", "Closed", "Cancelling", "Cancelled"})
    void a_call_that_comes_when_its_lra_ends_does_not_run_and_leaves_the_others_alone(LRAStatus status)
            throws Exception {
        hold(() -> "held");
        flows.lras.status = () -> status;

        assertThatThrownBy(() -> hold(() -> flows.events.add("tried")))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("HFINT062");

        assertThat(flows.events).containsExactly("left p2");
        assertThat(flows.state).isEqualTo(FlowState.ACTIVE);
    }

    @Test
    void a_call_whose_lra_cannot_be_asked_for_does_not_run_and_leaves() {
        flows.lras.status = () -> {
            throw new IllegalStateException("the coordinator does not answer");
        };
        assertThatThrownBy(() -> hold(() -> flows.events.add("tried"))).hasMessageContaining("does not answer");
        assertThat(flows.events).containsExactly("left p1");
    }

    @Test
    void one_that_did_not_run_and_can_leave_no_more_has_nothing_to_confirm() {
        flows.lras.status = () -> {
            flows.state = FlowState.CONFIRMING;
            return LRAStatus.Closing;
        };
        assertThatThrownBy(() -> hold(() -> flows.events.add("tried"))).hasMessageContaining("HFINT062");

        assertThat(decide(Decision.CONFIRM, participant(1))).isEqualTo(new LocalAnswer.Done());
        assertThat(flows.events).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Decision.class)
    void nobody_is_told_while_its_try_is_under_way(Decision decision) throws Exception {
        hold(() -> {
            assertThat(decide(decision, participant(1)))
                    .isInstanceOf(LocalAnswer.Failed.class)
                    .asString()
                    .contains("HFINT065", "still under way");
            return "held";
        });
        assertThat(flows.events).isEmpty();

        assertThat(decide(decision, participant(1))).isEqualTo(new LocalAnswer.Done());
        assertThat(flows.events).containsExactly(decision == Decision.CONFIRM ? "book" : "release");
    }

    @Test
    void without_a_fence_what_was_recorded_and_never_tried_is_not_confirmed_after_a_restart() throws Exception {
        hold(() -> {
            assertThat(confirmAfterRestart(participant(1))).isInstanceOf(LocalAnswer.Refused.class);
            return "held";
        });
        assertThat(flows.events).isEmpty();

        assertThat(confirmAfterRestart(participant(1))).isEqualTo(new LocalAnswer.Done());
        assertThat(flows.events).containsExactly("book");
    }

    @Test
    void a_try_that_has_committed_when_its_lra_closes_is_confirmed_although_that_could_not_be_recorded() {
        assertThatThrownBy(() -> hold(() -> {
                    flows.state = FlowState.CONFIRMING;
                    flows.lras.status = () -> LRAStatus.Closing;
                    flows.lras.cancel = () -> {
                        throw new IllegalStateException("it is closing");
                    };
                    return "held";
                }))
                .isInstanceOf(HoldfastException.class);

        assertThat(decide(Decision.CONFIRM, participant(1))).isEqualTo(new LocalAnswer.Done());
        assertThat(flows.events).containsExactly("cancel", "book");
    }

    /** A coordinator tells its participants before it answers. */
    @Test
    void a_try_that_fails_is_over_when_its_lra_is_cancelled() {
        flows.lras.cancel = () -> {
            assertThat(decide(Decision.CANCEL, participant(1))).isEqualTo(new LocalAnswer.Done());
            return LRAStatus.Cancelled;
        };
        assertThatThrownBy(() -> hold(() -> {
                    throw new IOException("no seat");
                }))
                .isInstanceOf(IOException.class)
                .hasNoSuppressedExceptions();
        assertThat(flows.events).containsExactly("cancel", "release");
    }

    @Test
    void a_try_holds_back_no_other_one_with_the_same_arguments() throws Exception {
        hold(() -> "held");
        hold(() -> {
            assertThat(decide(Decision.CONFIRM, participant(1))).isEqualTo(new LocalAnswer.Done());
            assertThat(decide(Decision.CONFIRM, participant(2))).isInstanceOf(LocalAnswer.Failed.class);
            return "held";
        });
        assertThat(flows.events).containsExactly("book");
    }

    @Test
    void the_first_call_of_all_leaves_nothing_behind_in_an_lra_that_has_ended() {
        flows.lras.status = () -> LRAStatus.Cancelled;
        assertThatThrownBy(() -> hold(() -> "held")).hasMessageContaining("HFINT062");
        assertThat(flows.events).containsExactly("left p1", "ended false");
    }

    @Test
    void a_try_that_fails_cancels_the_lra() {
        assertThatThrownBy(() -> hold(() -> {
                    throw new IOException("no seat");
                }))
                .isInstanceOf(IOException.class);
        assertThat(flows.events).containsExactly("cancel");
        assertThat(flows.state).isEqualTo(FlowState.ACTIVE);
    }

    @ParameterizedTest
    @CsvSource({"Active, CANCELLED", "Closing, ACTIVE", "Cancelling, ACTIVE", ", CANCELLED"})
    void a_try_that_fails_while_the_lra_cannot_be_cancelled_cancels_what_is_here_unless_that_ends(
            @Nullable LRAStatus status, FlowState state) {
        flows.lras.cancel = () -> {
            throw new IllegalStateException("the coordinator does not answer");
        };
        assertThatThrownBy(() -> hold(() -> {
                    flows.lras.status = () -> {
                        if (status == null) {
                            throw new IllegalStateException("nor now");
                        }
                        return status;
                    };
                    throw new IOException("no seat");
                }))
                .isInstanceOf(IOException.class);

        assertThat(flows.state).isEqualTo(state);
        assertThat(flows.events.stream()
                        .filter(event -> event.startsWith("cancelled ahead: HFINT079"))
                        .count())
                .isEqualTo(state == FlowState.CANCELLED ? 1 : 0);
        assertThat(asCoordinatorSeesIt().complete().status()).isEqualTo(state == FlowState.CANCELLED ? 409 : 200);
    }

    @Test
    void the_coordinator_that_has_been_told_of_a_failure_lets_the_flow_be_forgotten() {
        assertThat(asCoordinatorSeesIt().forget().status()).isEqualTo(200);
        assertThat(flows.events).containsExactly("forgotten");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_failure_of_the_adapter_beside_that_of_the_try_is_told_with_it(boolean fails) {
        flows.lras.cancel = () -> {
            throw new IllegalStateException("the coordinator does not answer");
        };
        assertThatThrownBy(() -> hold(() -> {
                    flows.outage = fails ? new HoldfastException("HFRAR028 restarted") : null;
                    throw new IOException("no seat");
                }))
                .isInstanceOf(IOException.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(fails ? 2 : 1));
    }
}
