package io.holdfast.engine.state;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A participant of a transaction.
 *
 * @param address what the border's driver needs to reach it, for example the LRA Link header; opaque to the engine
 * @param data what the participant wants to be given back with the decision
 * @param wants the notices it wants when they are due
 * @param owed those that are due and that it has not acknowledged
 * @param progressAddress where to ask for its progress after it answered "in progress", if it told
 */
public record Participant(
        ParticipantId id,
        ParticipantKind kind,
        String address,
        String data,
        ParticipantState state,
        @Nullable String progressAddress,
        Set<Notice> wants,
        Set<Notice> owed) {
    public Participant {
        wants = Notice.copyOf(wants);
        owed = Notice.copyOf(owed);
    }

    /** A participant that has just joined. */
    public static Participant joining(
            ParticipantId id, ParticipantKind kind, String address, String data, Set<Notice> wants) {
        return new Participant(id, kind, address, data, ParticipantState.ACTIVE, null, wants, Set.of());
    }

    Participant withState(ParticipantState newState) {
        return new Participant(
                id, kind, address, data, newState, newState == state ? progressAddress : null, wants, owed);
    }

    Participant withData(String newData) {
        return new Participant(id, kind, address, newData, state, progressAddress, wants, owed);
    }

    Participant withAddress(String newAddress) {
        return new Participant(id, kind, newAddress, data, state, progressAddress, wants, owed);
    }

    Participant inProgressAt(@Nullable String newProgressAddress) {
        return new Participant(id, kind, address, data, state, newProgressAddress, wants, owed);
    }

    /** Owes it the notice if it wants it. */
    Participant owing(Notice notice) {
        return wants.contains(notice) ? withOwed(plus(owed, notice)) : this;
    }

    Participant acknowledging(Notice notice) {
        return withOwed(minus(owed, notice));
    }

    Participant owingNothing() {
        return owed.isEmpty() ? this : withOwed(Set.of());
    }

    private Participant withOwed(Set<Notice> newOwed) {
        return new Participant(id, kind, address, data, state, progressAddress, wants, newOwed);
    }

    private static Set<Notice> plus(Set<Notice> notices, Notice notice) {
        Set<Notice> more = EnumSet.of(notice);
        more.addAll(notices);
        return more;
    }

    private static Set<Notice> minus(Set<Notice> notices, Notice notice) {
        Set<Notice> fewer = EnumSet.noneOf(Notice.class);
        fewer.addAll(notices);
        fewer.remove(notice);
        return fewer;
    }
}
