package io.holdfast.scenarios;

import java.util.List;

/** All of them, in the order in which they are played. */
public final class Scenarios {
    private Scenarios() {}

    public static List<Scenario> all() {
        return List.of(
                new SuccessfulTransfer(),
                new FailureAfterTry(),
                new ParticipantGone(),
                new KilledBetweenPrepareAndCommit(),
                new TimeLimitPasses(),
                new LoadWithFailures(),
                new BadInput(),
                new UndoneInReverse(),
                new OrdersByMessage(),
                new RefusedConfirm());
    }
}
