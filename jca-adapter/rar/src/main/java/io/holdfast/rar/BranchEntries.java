package io.holdfast.rar;

import io.holdfast.api.BranchEntry;
import io.holdfast.api.ParticipantEntry;
import io.holdfast.engine.delivery.Attempts;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.Heuristic;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The engine's transactions in the words of the API, which are those of the MBean too. */
final class BranchEntries {
    private BranchEntries() {}

    /** @param attempts of these transactions and perhaps of others */
    static List<BranchEntry> of(List<Transaction> transactions, List<Attempts> attempts) {
        Map<Told, Attempts> soFar =
                attempts.stream().collect(Collectors.toMap(Told::of, each -> each, (one, moved) -> moved));
        return transactions.stream().map(tx -> of(tx, soFar)).toList();
    }

    /** What a participant is told. */
    private record Told(TransactionId transaction, ParticipantId participant, Instruction instruction) {
        static Told of(Attempts attempts) {
            return new Told(attempts.transaction(), attempts.participant(), attempts.instruction());
        }

        static Optional<Told> of(Transaction tx, Participant participant) {
            return switch (participant.state()) {
                case CONFIRMING -> Optional.of(new Told(tx.id(), participant.id(), Instruction.CONFIRM));
                case CANCELLING -> Optional.of(new Told(tx.id(), participant.id(), Instruction.CANCEL));
                case ACTIVE, PREPARED, PRE_COMMITTED, CONFIRMED, CANCELLED, FAILED_TO_CONFIRM, FAILED_TO_CANCEL ->
                    Optional.empty();
            };
        }
    }

    private static BranchEntry of(Transaction tx, Map<Told, Attempts> soFar) {
        return new BranchEntry(
                tx.id().value(),
                XidCodec.decode(tx.origin()).map(XidValue::toString).orElse(""),
                Flows.nameOf(tx).orElse(""),
                state(tx.state()),
                tx.reason() == null ? "" : tx.reason().toString(),
                tx.startedAt(),
                tx.endedAt(),
                heuristic(tx.heuristic()),
                lras(tx),
                tx.participants().stream()
                        .map(participant ->
                                of(participant, Told.of(tx, participant).map(soFar::get)))
                        .toList());
    }

    /** Whether a person can mean it by that. */
    static boolean isCalled(Transaction tx, String name) {
        BranchEntry branch = of(tx, Map.of());
        return List.of(branch.id(), branch.xid(), branch.flow()).contains(name)
                || branch.flow().endsWith(" " + name)
                || branch.lras().contains(name);
    }

    private static List<String> lras(Transaction tx) {
        return tx.participants().stream()
                .filter(participant -> LraAddress.isOne(participant.address()))
                .map(BranchEntries::address)
                .toList();
    }

    private static ParticipantEntry of(Participant participant, Optional<Attempts> soFar) {
        return new ParticipantEntry(
                participant.id().value(),
                state(participant.state()),
                address(participant),
                soFar.map(Attempts::made).orElse(0),
                soFar.map(Attempts::lastResult).orElse(""),
                soFar.map(Attempts::alarmed).orElse(false));
    }

    /** Without the owner's token, which is nobody's business. */
    private static String address(Participant participant) {
        return LraAddress.isOne(participant.address())
                ? LraAddress.decode(participant.address()).describe()
                : participant.address();
    }

    private static BranchEntry.@Nullable Heuristic heuristic(@Nullable Heuristic kept) {
        return kept == null
                ? null
                : new BranchEntry.Heuristic(
                        switch (kept.cause()) {
                            case PERSON -> BranchEntry.Heuristic.Cause.PERSON;
                            case HAZARD -> BranchEntry.Heuristic.Cause.HAZARD;
                        },
                        kept.who(),
                        kept.why());
    }

    private static BranchEntry.State state(TransactionState state) {
        return switch (state) {
            case ACTIVE -> BranchEntry.State.ACTIVE;
            case PREPARING -> BranchEntry.State.PREPARING;
            case PREPARED, PRE_COMMITTED -> BranchEntry.State.PREPARED;
            case CONFIRMING -> BranchEntry.State.CONFIRMING;
            case CONFIRMED -> BranchEntry.State.CONFIRMED;
            case CANCELLING -> BranchEntry.State.CANCELLING;
            case CANCELLED -> BranchEntry.State.CANCELLED;
            case FAILED_TO_CONFIRM -> BranchEntry.State.FAILED_TO_CONFIRM;
            case FAILED_TO_CANCEL -> BranchEntry.State.FAILED_TO_CANCEL;
        };
    }

    private static ParticipantEntry.State state(ParticipantState state) {
        return switch (state) {
            case ACTIVE -> ParticipantEntry.State.ACTIVE;
            case PREPARED, PRE_COMMITTED -> ParticipantEntry.State.PREPARED;
            case CONFIRMING -> ParticipantEntry.State.CONFIRMING;
            case CONFIRMED -> ParticipantEntry.State.CONFIRMED;
            case CANCELLING -> ParticipantEntry.State.CANCELLING;
            case CANCELLED -> ParticipantEntry.State.CANCELLED;
            case FAILED_TO_CONFIRM -> ParticipantEntry.State.FAILED_TO_CONFIRM;
            case FAILED_TO_CANCEL -> ParticipantEntry.State.FAILED_TO_CANCEL;
        };
    }
}
