package io.holdfast.engine.state;

import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/** The participants of a transaction in the order of joining. Immutable; every change costs the same with 1 or 10,000. */
public final class Participants implements Iterable<Participant> {
    private static final Participants NONE =
            new Participants(TreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty(), 0, 0, 0);

    private final TreePMap<Integer, Participant> byOrdinal;
    private final HashPMap<ParticipantId, Integer> byId;
    private final HashPMap<String, Integer> byAddress;
    private final int nextOrdinal;
    private final int open;
    private final int owed;

    private Participants(
            TreePMap<Integer, Participant> byOrdinal,
            HashPMap<ParticipantId, Integer> byId,
            HashPMap<String, Integer> byAddress,
            int nextOrdinal,
            int open,
            int owed) {
        this.byOrdinal = byOrdinal;
        this.byId = byId;
        this.byAddress = byAddress;
        this.nextOrdinal = nextOrdinal;
        this.open = open;
        this.owed = owed;
    }

    public static Participants none() {
        return NONE;
    }

    /** These participants, in the order of joining. */
    public static Participants of(Iterable<Participant> participants) {
        Participants all = NONE;
        for (Participant participant : participants) {
            all = all.plus(participant);
        }
        return all;
    }

    public int size() {
        return byOrdinal.size();
    }

    public boolean isEmpty() {
        return byOrdinal.isEmpty();
    }

    /** How many have not reached a final state. */
    public int open() {
        return open;
    }

    /** How many notices have not been acknowledged. */
    public int owed() {
        return owed;
    }

    public Optional<Participant> find(ParticipantId id) {
        return Optional.ofNullable(byId.get(id)).map(byOrdinal::get);
    }

    public Optional<Participant> findByAddress(String address) {
        return Optional.ofNullable(byAddress.get(address)).map(byOrdinal::get);
    }

    /** In the order of joining. */
    public Stream<Participant> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /** In the reverse order of joining. */
    public Stream<Participant> reversed() {
        return byOrdinal.descendingMap().values().stream();
    }

    @Override
    public Iterator<Participant> iterator() {
        return byOrdinal.values().iterator();
    }

    Participants plus(Participant participant) {
        Integer ordinal = nextOrdinal;
        return new Participants(
                byOrdinal.plus(ordinal, participant),
                byId.plus(participant.id(), ordinal),
                byAddress.plus(participant.address(), ordinal),
                nextOrdinal + 1,
                open + openOf(participant),
                owed + participant.owed().size());
    }

    Participants replace(Participant changed) {
        Integer ordinal = ordinalOf(changed.id());
        Participant old = at(ordinal);
        HashPMap<String, Integer> addresses = old.address().equals(changed.address())
                ? byAddress
                : byAddress.minus(old.address()).plus(changed.address(), ordinal);
        return new Participants(
                byOrdinal.plus(ordinal, changed),
                byId,
                addresses,
                nextOrdinal,
                open + openOf(changed) - openOf(old),
                owed + changed.owed().size() - old.owed().size());
    }

    Participants minus(ParticipantId id) {
        Integer ordinal = ordinalOf(id);
        Participant old = at(ordinal);
        return new Participants(
                byOrdinal.minus(ordinal),
                byId.minus(id),
                byAddress.minus(old.address()),
                nextOrdinal,
                open - openOf(old),
                owed - old.owed().size());
    }

    private Participant at(Integer ordinal) {
        return Objects.requireNonNull(byOrdinal.get(ordinal));
    }

    private static int openOf(Participant participant) {
        return participant.state().isFinal() ? 0 : 1;
    }

    private Integer ordinalOf(ParticipantId id) {
        Integer ordinal = byId.get(id);
        if (ordinal == null) {
            throw new IllegalStateException("No participant " + id);
        }
        return ordinal;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Participants that
                && byOrdinal.values().stream()
                        .toList()
                        .equals(that.byOrdinal.values().stream().toList());
    }

    @Override
    public int hashCode() {
        return byOrdinal.values().stream().toList().hashCode();
    }

    @Override
    public String toString() {
        return byOrdinal.values().toString();
    }
}
