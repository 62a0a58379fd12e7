package io.holdfast.engine.state;

import java.util.Iterator;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The participants of a transaction in the order of joining. Immutable; every change costs about the same with 1 or 10,000. */
public abstract sealed class Participants implements Iterable<Participant> permits FewParticipants, ManyParticipants {
    private final int open;
    private final int owed;

    Participants(int open, int owed) {
        this.open = open;
        this.owed = owed;
    }

    public static Participants none() {
        return FewParticipants.NONE;
    }

    /** These participants, in the order of joining. */
    public static Participants of(Iterable<Participant> participants) {
        Participants all = none();
        for (Participant participant : participants) {
            all = all.plus(participant);
        }
        return all;
    }

    public abstract int size();

    public boolean isEmpty() {
        return size() == 0;
    }

    /** How many have not reached a final state. */
    public int open() {
        return open;
    }

    /** How many notices have not been acknowledged. */
    public int owed() {
        return owed;
    }

    public abstract Optional<Participant> find(ParticipantId id);

    public abstract Optional<Participant> findByAddress(String address);

    /** In the order of joining. */
    public Stream<Participant> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /** In the reverse order of joining. */
    public abstract Stream<Participant> reversed();

    abstract Participants plus(Participant participant);

    abstract Participants replace(Participant changed);

    abstract Participants replaceAll(UnaryOperator<Participant> change);

    abstract Participants minus(ParticipantId id);

    static int openOf(Participant participant) {
        return participant.state().isFinal() ? 0 : 1;
    }

    static int owedTo(Participant participant) {
        return participant.owed().size();
    }

    static IllegalStateException unknown(ParticipantId id) {
        return new IllegalStateException("No participant " + id);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Participants that) || that.size() != size()) {
            return false;
        }
        Iterator<Participant> others = that.iterator();
        for (Participant participant : this) {
            if (!participant.equals(others.next())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return stream().toList().hashCode();
    }

    @Override
    public String toString() {
        return stream().toList().toString();
    }
}
