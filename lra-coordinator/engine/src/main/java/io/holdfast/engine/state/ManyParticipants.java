package io.holdfast.engine.state;

import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePMap;

/** Any number of participants in persistent maps. Immutable; every change costs the same with 100 or 10,000. */
final class ManyParticipants extends Participants {
    private final TreePMap<Integer, Participant> byOrdinal;
    private final HashPMap<ParticipantId, Integer> byId;
    private final HashPMap<String, Integer> byAddress;
    private final int nextOrdinal;

    private ManyParticipants(
            TreePMap<Integer, Participant> byOrdinal,
            HashPMap<ParticipantId, Integer> byId,
            HashPMap<String, Integer> byAddress,
            int nextOrdinal,
            int open,
            int owed) {
        super(open, owed);
        this.byOrdinal = byOrdinal;
        this.byId = byId;
        this.byAddress = byAddress;
        this.nextOrdinal = nextOrdinal;
    }

    static Participants of(FewParticipants few) {
        Participants many = new ManyParticipants(TreePMap.empty(), HashTreePMap.empty(), HashTreePMap.empty(), 0, 0, 0);
        for (Participant participant : few) {
            many = many.plus(participant);
        }
        return many;
    }

    @Override
    public int size() {
        return byOrdinal.size();
    }

    @Override
    public Optional<Participant> find(ParticipantId id) {
        return Optional.ofNullable(byId.get(id)).map(byOrdinal::get);
    }

    @Override
    public Optional<Participant> findByAddress(String address) {
        return Optional.ofNullable(byAddress.get(address)).map(byOrdinal::get);
    }

    @Override
    public Stream<Participant> reversed() {
        return byOrdinal.descendingMap().values().stream();
    }

    @Override
    public Iterator<Participant> iterator() {
        return byOrdinal.values().iterator();
    }

    @Override
    Participants plus(Participant participant) {
        Integer ordinal = nextOrdinal;
        return new ManyParticipants(
                byOrdinal.plus(ordinal, participant),
                byId.plus(participant.id(), ordinal),
                byAddress.plus(participant.address(), ordinal),
                nextOrdinal + 1,
                open() + openOf(participant),
                owed() + owedTo(participant));
    }

    @Override
    Participants replace(Participant changed) {
        Integer ordinal = ordinalOf(changed.id());
        Participant old = at(ordinal);
        HashPMap<String, Integer> addresses = old.address().equals(changed.address())
                ? byAddress
                : byAddress.minus(old.address()).plus(changed.address(), ordinal);
        return new ManyParticipants(
                byOrdinal.plus(ordinal, changed),
                byId,
                addresses,
                nextOrdinal,
                open() + openOf(changed) - openOf(old),
                owed() + owedTo(changed) - owedTo(old));
    }

    @Override
    Participants replaceAll(UnaryOperator<Participant> change) {
        Participants changed = this;
        for (Participant participant : this) {
            changed = changed.replace(change.apply(participant));
        }
        return changed;
    }

    @Override
    Participants minus(ParticipantId id) {
        Integer ordinal = ordinalOf(id);
        Participant old = at(ordinal);
        return new ManyParticipants(
                byOrdinal.minus(ordinal),
                byId.minus(id),
                byAddress.minus(old.address()),
                nextOrdinal,
                open() - openOf(old),
                owed() - owedTo(old));
    }

    private Participant at(Integer ordinal) {
        return Objects.requireNonNull(byOrdinal.get(ordinal));
    }

    private Integer ordinalOf(ParticipantId id) {
        Integer ordinal = byId.get(id);
        if (ordinal == null) {
            throw unknown(id);
        }
        return ordinal;
    }
}
