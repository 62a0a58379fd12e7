package io.holdfast.interceptors.tcc;

import io.holdfast.api.FlowState;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.interceptors.ConnectionFactories;
import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.InterceptorMessage;
import java.lang.System.Logger.Level;
import java.net.URI;

/**
 * An application's participants of an LRA, for its coordinator.
 *
 * @param keeper who keeps them, as the coordinator knows it; may be empty
 */
record LraFlow(Directory jndi, String application, URI lra, String keeper) {
    private static final System.Logger LOG = System.getLogger("io.holdfast.interceptors");

    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int CONFLICT = 409;
    private static final int GONE = 410;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;

    /** In HTTP, with a participant's status or nothing. */
    record Answer(int status, String word) {}

    private interface Question {
        Answer ask(HoldfastConnectionFactory adapter, String flow);
    }

    Answer complete() {
        return answer((adapter, flow) -> ended(adapter.endFlow(flow, true), true));
    }

    Answer compensate() {
        return answer((adapter, flow) -> ended(adapter.endFlow(flow, false), false));
    }

    Answer status() {
        return answer((adapter, flow) -> shown(adapter.flowState(flow)));
    }

    Answer forget() {
        return answer((adapter, flow) -> {
            adapter.forgetFlow(flow);
            return new Answer(OK, "");
        });
    }

    /** That nothing can be known now is told as such, so that the coordinator asks again: it is no failure. */
    private Answer answer(Question question) {
        try {
            HoldfastConnectionFactory adapter = ConnectionFactories.find(jndi);
            FlowKeeper here = FlowKeeper.of(adapter, application);
            if (here.isOne(keeper)) {
                return question.ask(adapter, ByLra.flow(application, lra));
            }
            LOG.log(Level.WARNING, InterceptorMessage.FLOW_ELSEWHERE.with(lra, keeper, here.text()));
        } catch (RuntimeException notKnown) {
            LOG.log(Level.WARNING, InterceptorMessage.FLOW_NOT_ASKED.with(lra, notKnown), notKnown);
        }
        return new Answer(UNAVAILABLE, "");
    }

    private static Answer shown(FlowState state) {
        return switch (state) {
            case UNKNOWN -> new Answer(GONE, "");
            case ACTIVE -> new Answer(OK, "Active");
            case CONFIRMING -> new Answer(OK, "Completing");
            case CONFIRMED -> new Answer(OK, "Completed");
            case CANCELLING -> new Answer(OK, "Compensating");
            case CANCELLED -> new Answer(OK, "Compensated");
            case FAILED_TO_CONFIRM -> new Answer(OK, "FailedToComplete");
            case FAILED_TO_CANCEL -> new Answer(OK, "FailedToCompensate");
        };
    }

    /** What is not known has nothing to tell, or was told. */
    private static Answer ended(FlowState state, boolean confirm) {
        return switch (state) {
            case UNKNOWN -> new Answer(OK, confirm ? "Completed" : "Compensated");
            case CONFIRMED -> confirm ? new Answer(OK, "Completed") : failed(false);
            case CANCELLED -> confirm ? failed(true) : new Answer(OK, "Compensated");
            case CONFIRMING -> confirm ? new Answer(ACCEPTED, "Completing") : failed(false);
            case CANCELLING -> confirm ? failed(true) : new Answer(ACCEPTED, "Compensating");
            case FAILED_TO_CONFIRM, FAILED_TO_CANCEL -> failed(confirm);
            case ACTIVE -> new Answer(SERVER_ERROR, "Active");
        };
    }

    private static Answer failed(boolean confirm) {
        return new Answer(CONFLICT, confirm ? "FailedToComplete" : "FailedToCompensate");
    }
}
