package io.holdfast.engine.state;

import java.time.Instant;
import java.util.List;

/** What the driver has to do after the events. */
public sealed interface Effect {
    /** Whether somebody learns of the events by it, so that it has to wait until they are durable. */
    default boolean tells() {
        return false;
    }

    /** Hands the effect to who can run it. */
    void run(Runner runner);

    /** Runs each kind of effect. */
    interface Runner {
        void askForVotes(AskForVotes effect);

        void deliverConfirm(DeliverConfirm effect);

        void deliverCancel(DeliverCancel effect);

        void armDeadline(ArmDeadline effect);

        void disarmDeadline();

        void deliverNotices(DeliverNotices effect);

        void settleNested(SettleNested effect);

        void retain(Retain effect);
    }

    /** Asks each for its vote, all at once. After a crash they are asked or cancelled whether or not it is known that they were asked. */
    record AskForVotes(List<ParticipantId> participants) implements Effect {
        public AskForVotes {
            participants = List.copyOf(participants);
        }

        @Override
        public void run(Runner runner) {
            runner.askForVotes(this);
        }
    }

    /** Tells each to confirm, all at once. */
    record DeliverConfirm(List<ParticipantId> participants) implements Effect {
        public DeliverConfirm {
            participants = List.copyOf(participants);
        }

        @Override
        public boolean tells() {
            return true;
        }

        @Override
        public void run(Runner runner) {
            runner.deliverConfirm(this);
        }
    }

    /** Tells each to cancel; the first attempts are made one after the other in this order. */
    record DeliverCancel(List<ParticipantId> participants) implements Effect {
        public DeliverCancel {
            participants = List.copyOf(participants);
        }

        @Override
        public boolean tells() {
            return true;
        }

        @Override
        public void run(Runner runner) {
            runner.deliverCancel(this);
        }
    }

    /** A notice that has become due. */
    record Due(ParticipantId participant, Notice notice) {}

    /** Tells each notice; none of them is being told yet. */
    record DeliverNotices(List<Due> due) implements Effect {
        public DeliverNotices {
            due = List.copyOf(due);
        }

        @Override
        public boolean tells() {
            return true;
        }

        @Override
        public void run(Runner runner) {
            runner.deliverNotices(this);
        }
    }

    /** Tells the nested transactions that their outcome is for good. */
    record SettleNested(List<TransactionId> nested) implements Effect {
        public SettleNested {
            nested = List.copyOf(nested);
        }

        @Override
        public void run(Runner runner) {
            runner.settleNested(this);
        }
    }

    record ArmDeadline(Instant deadline) implements Effect {
        @Override
        public void run(Runner runner) {
            runner.armDeadline(this);
        }
    }

    record DisarmDeadline() implements Effect {
        @Override
        public void run(Runner runner) {
            runner.disarmDeadline();
        }
    }

    /** Keeps it for the retention time, then forgets it. */
    record Retain(Instant endedAt) implements Effect {
        @Override
        public void run(Runner runner) {
            runner.retain(this);
        }
    }
}
