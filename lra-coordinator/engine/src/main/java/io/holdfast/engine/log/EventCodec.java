package io.holdfast.engine.log;

import io.holdfast.engine.state.Event;
import io.holdfast.engine.state.Heuristic;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Participants;
import io.holdfast.engine.state.Reason;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The binary form of events and transactions. The numbers in the tables below are never changed or reused. */
final class EventCodec {
    private record Form<E extends Event>(
            int number, Class<E> type, BiConsumer<Output, E> writer, Function<Input, E> reader) {
        void write(Output out, Event event) {
            out.putByte(number);
            writer.accept(out, type.cast(event));
        }
    }

    private static final int NO_OWNER = 0;
    private static final int OWNED = 1;
    private static final int DISOWNED = 2;

    /** Bits of one byte, which in the first logs was the first of them alone. */
    private static final int DECIDES_WHEN_PREPARED = 1;

    private static final int HAS_HEURISTIC = 2;

    private static final Map<Class<?>, Form<?>> BY_TYPE = new HashMap<>();
    private static final Map<Integer, Form<?>> BY_NUMBER = new HashMap<>();

    private static final Numbers<ParticipantKind> KIND = new Numbers<>(Map.of(
            ParticipantKind.ACTED, 1,
            ParticipantKind.VOTING, 2,
            ParticipantKind.DEFERRED, 3,
            ParticipantKind.LISTENER, 4,
            ParticipantKind.NESTED, 5,
            ParticipantKind.ACTION, 6));

    /** Numbers that are single bits, since a participant's notices are kept as their sum. */
    private static final Numbers<Notice> NOTICE = new Numbers<>(Map.of(Notice.FORGET, 1, Notice.OUTCOME, 2));

    private static final Numbers<Reason> REASON = new Numbers<>(Map.ofEntries(
            Map.entry(Reason.REQUESTED, 1),
            Map.entry(Reason.TIME_LIMIT, 2),
            Map.entry(Reason.VOTED_NO, 3),
            Map.entry(Reason.NO_VOTE, 4),
            Map.entry(Reason.PRESUMED_ABORT, 5),
            Map.entry(Reason.PARENT, 6),
            Map.entry(Reason.TOP_LEVEL, 7),
            Map.entry(Reason.PERSON, 8),
            Map.entry(Reason.ONE_BY_ONE, 9),
            Map.entry(Reason.CONFIRM_REFUSED, 10),
            Map.entry(Reason.REVERSED, 11)));

    private static final Numbers<Heuristic.Cause> HEURISTIC =
            new Numbers<>(Map.of(Heuristic.Cause.PERSON, 1, Heuristic.Cause.HAZARD, 2));

    private static final Numbers<TransactionState> STATE = new Numbers<>(Map.of(
            TransactionState.ACTIVE, 1,
            TransactionState.PREPARING, 2,
            TransactionState.PREPARED, 3,
            TransactionState.PRE_COMMITTED, 4,
            TransactionState.CONFIRMING, 5,
            TransactionState.CONFIRMED, 6,
            TransactionState.CANCELLING, 7,
            TransactionState.CANCELLED, 8,
            TransactionState.FAILED_TO_CONFIRM, 9,
            TransactionState.FAILED_TO_CANCEL, 10));

    private static final Numbers<ParticipantState> PARTICIPANT_STATE = new Numbers<>(Map.of(
            ParticipantState.ACTIVE, 1,
            ParticipantState.PREPARED, 2,
            ParticipantState.PRE_COMMITTED, 3,
            ParticipantState.CONFIRMING, 4,
            ParticipantState.CONFIRMED, 5,
            ParticipantState.CANCELLING, 6,
            ParticipantState.CANCELLED, 7,
            ParticipantState.FAILED_TO_CONFIRM, 8,
            ParticipantState.FAILED_TO_CANCEL, 9));

    static {
        form(
                1,
                Event.Started.class,
                (out, e) -> out.putText(e.id().value())
                        .putInstant(e.at())
                        .putText(e.origin())
                        .putOptionalText(e.owner())
                        .putOptionalText(idOf(e.parent()))
                        .putOptionalInstant(e.deadline()),
                in -> new Event.Started(
                        new TransactionId(in.getText()),
                        in.getInstant(),
                        in.getSharedText(),
                        in.getOptionalText(),
                        transaction(in.getOptionalText()),
                        in.getOptionalInstant()));
        form(
                2,
                Event.Joined.class,
                (out, e) -> participant(out, e.participant())
                        .putByte(KIND.number(e.kind()))
                        .putText(e.address())
                        .putText(e.data())
                        .putByte(notices(e.wants())),
                in -> new Event.Joined(
                        participant(in),
                        KIND.constant(in.getByte()),
                        in.getSharedText(),
                        in.getSharedText(),
                        notices(in.getByte())));
        form(
                3,
                Event.DataStored.class,
                (out, e) -> participant(out, e.participant()).putText(e.data()),
                in -> new Event.DataStored(participant(in), in.getText()));
        form(
                4,
                Event.Relocated.class,
                (out, e) ->
                        participant(out, e.participant()).putText(e.address()).putBoolean(e.forced()),
                in -> new Event.Relocated(participant(in), in.getText(), in.getBoolean()));
        form(5, Event.Left.class, (out, e) -> participant(out, e.participant()), in -> new Event.Left(participant(in)));
        form(
                6,
                Event.Renewed.class,
                (out, e) -> out.putOptionalInstant(e.deadline()),
                in -> new Event.Renewed(in.getOptionalInstant()));
        form(
                7,
                Event.PreparationStarted.class,
                (out, e) -> out.putBoolean(e.decideWhenPrepared()),
                in -> new Event.PreparationStarted(in.getBoolean()));
        form(
                8,
                Event.VotedYes.class,
                (out, e) -> participant(out, e.participant()),
                in -> new Event.VotedYes(participant(in)));
        form(9, Event.Prepared.class, (out, e) -> {}, in -> new Event.Prepared());
        form(10, Event.PreCommitted.class, (out, e) -> {}, in -> new Event.PreCommitted());
        form(
                11,
                Event.ConfirmDecided.class,
                (out, e) -> out.putByte(REASON.number(e.reason())),
                in -> new Event.ConfirmDecided(REASON.constant(in.getByte())));
        form(
                12,
                Event.CancelDecided.class,
                (out, e) -> out.putByte(REASON.number(e.reason())),
                in -> new Event.CancelDecided(REASON.constant(in.getByte())));
        form(
                13,
                Event.InProgress.class,
                (out, e) -> participant(out, e.participant()).putOptionalText(e.progressAddress()),
                in -> new Event.InProgress(participant(in), in.getOptionalText()));
        form(
                14,
                Event.ParticipantConfirmed.class,
                (out, e) -> participant(out, e.participant()),
                in -> new Event.ParticipantConfirmed(participant(in)));
        form(
                15,
                Event.ParticipantCancelled.class,
                (out, e) -> participant(out, e.participant()),
                in -> new Event.ParticipantCancelled(participant(in)));
        form(
                16,
                Event.ParticipantFailed.class,
                (out, e) -> participant(out, e.participant()).putText(e.cause()),
                in -> new Event.ParticipantFailed(participant(in), in.getText()));
        form(
                17,
                Event.Ended.class,
                (out, e) -> out.putByte(STATE.number(e.state())).putInstant(e.at()),
                in -> new Event.Ended(STATE.constant(in.getByte()), in.getInstant()));
        form(18, Event.Forgotten.class, (out, e) -> {}, in -> new Event.Forgotten());
        form(19, Event.Settled.class, (out, e) -> {}, in -> new Event.Settled());
        form(
                20,
                Event.NoticeAcknowledged.class,
                (out, e) -> participant(out, e.participant()).putByte(NOTICE.number(e.notice())),
                in -> new Event.NoticeAcknowledged(participant(in), NOTICE.constant(in.getByte())));
        form(21, Event.Disowned.class, (out, e) -> {}, in -> new Event.Disowned());
        form(
                22,
                Event.OperatorResolved.class,
                (out, e) -> out.putText(e.who()).putText(e.why()),
                in -> new Event.OperatorResolved(in.getText(), in.getText()));
        form(
                23,
                Event.HeuristicRecorded.class,
                (out, e) -> heuristic(out, e.heuristic()),
                in -> new Event.HeuristicRecorded(heuristic(in)));
        form(24, Event.HeuristicAcknowledged.class, (out, e) -> {}, in -> new Event.HeuristicAcknowledged());
        form(
                25,
                Event.ParticipantResolved.class,
                (out, e) -> participant(out, e.participant()).putText(e.who()).putText(e.why()),
                in -> new Event.ParticipantResolved(participant(in), in.getText(), in.getText()));
        form(26, Event.MadeFirm.class, (out, e) -> {}, in -> new Event.MadeFirm());
        form(
                27,
                Event.ParticipantForced.class,
                (out, e) -> participant(out, e.participant()).putText(e.who()).putText(e.why()),
                in -> new Event.ParticipantForced(participant(in), in.getText(), in.getText()));
    }

    private EventCodec() {}

    static void write(Output out, Event event) {
        Form<?> form = BY_TYPE.get(event.getClass());
        if (form == null) {
            throw new IllegalStateException("No binary form for " + event.getClass());
        }
        form.write(out, event);
    }

    static Event read(Input in) {
        int number = in.getByte();
        Form<?> form = BY_NUMBER.get(number);
        if (form == null) {
            throw new IllegalArgumentException("No event has the number " + number);
        }
        return form.reader().apply(in);
    }

    static void write(Output out, List<Event> events) {
        out.putInt(events.size());
        events.forEach(event -> write(out, event));
    }

    static List<Event> readEvents(Input in) {
        int count = in.getInt();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(read(in));
        }
        return events;
    }

    static void write(Output out, Transaction tx) {
        out.putText(tx.id().value())
                .putByte(STATE.number(tx.state()))
                .putText(tx.origin())
                .putByte(tx.owner() == null ? NO_OWNER : tx.disowned() ? DISOWNED : OWNED);
        if (tx.owner() != null) {
            out.putText(tx.owner());
        }
        out.putOptionalText(idOf(tx.parent()))
                .putInstant(tx.startedAt())
                .putOptionalInstant(tx.deadline())
                .putByte((tx.decideWhenPrepared() ? DECIDES_WHEN_PREPARED : 0)
                        | (tx.heuristic() == null ? 0 : HAS_HEURISTIC));
        if (tx.heuristic() != null) {
            heuristic(out, tx.heuristic());
        }
        Reason reason = tx.reason();
        out.putByte(reason == null ? 0 : REASON.number(reason))
                .putOptionalInstant(tx.endedAt())
                .putInt(tx.participants().size());
        for (Participant p : tx.participants()) {
            participant(out, p.id())
                    .putByte(KIND.number(p.kind()))
                    .putText(p.address())
                    .putText(p.data())
                    .putByte(PARTICIPANT_STATE.number(p.state()))
                    .putOptionalText(p.progressAddress())
                    .putByte(notices(p.wants()))
                    .putByte(notices(p.owed()));
        }
    }

    static Transaction readTransaction(Input in) {
        TransactionId id = new TransactionId(in.getText());
        TransactionState state = STATE.constant(in.getByte());
        String origin = in.getSharedText();
        int ownership = in.getByte();
        String owner = ownership == NO_OWNER ? null : in.getText();
        TransactionId parent = transaction(in.getOptionalText());
        Instant startedAt = in.getInstant();
        Instant deadline = in.getOptionalInstant();
        int flags = in.getByte();
        Heuristic heuristic = (flags & HAS_HEURISTIC) == 0 ? null : heuristic(in);
        int reasonNumber = in.getByte();
        @Nullable Reason reason = reasonNumber == 0 ? null : REASON.constant(reasonNumber);
        Instant endedAt = in.getOptionalInstant();
        int count = in.getInt();
        List<Participant> participants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            participants.add(new Participant(
                    participant(in),
                    KIND.constant(in.getByte()),
                    in.getSharedText(),
                    in.getSharedText(),
                    PARTICIPANT_STATE.constant(in.getByte()),
                    in.getOptionalText(),
                    notices(in.getByte()),
                    notices(in.getByte())));
        }
        return new Transaction(
                id,
                state,
                origin,
                owner,
                ownership == DISOWNED,
                parent,
                startedAt,
                deadline,
                (flags & DECIDES_WHEN_PREPARED) != 0,
                reason,
                endedAt,
                heuristic,
                Participants.of(participants));
    }

    private static void heuristic(Output out, Heuristic heuristic) {
        out.putByte(HEURISTIC.number(heuristic.cause()))
                .putText(heuristic.who())
                .putText(heuristic.why());
    }

    private static Heuristic heuristic(Input in) {
        return new Heuristic(HEURISTIC.constant(in.getByte()), in.getText(), in.getText());
    }

    private static Output participant(Output out, ParticipantId id) {
        return out.putText(id.value());
    }

    private static ParticipantId participant(Input in) {
        return new ParticipantId(in.getText());
    }

    private static @Nullable String idOf(@Nullable TransactionId id) {
        return id == null ? null : id.value();
    }

    private static @Nullable TransactionId transaction(@Nullable String id) {
        return id == null ? null : new TransactionId(id);
    }

    private static int notices(Set<Notice> notices) {
        int sum = 0;
        for (Notice notice : notices) {
            sum += NOTICE.number(notice);
        }
        return sum;
    }

    private static Set<Notice> notices(int sum) {
        Set<Notice> notices = EnumSet.noneOf(Notice.class);
        for (Notice notice : Notice.values()) {
            if ((sum & NOTICE.number(notice)) != 0) {
                notices.add(notice);
            }
        }
        return notices;
    }

    private static <E extends Event> void form(
            int number, Class<E> type, BiConsumer<Output, E> writer, Function<Input, E> reader) {
        Form<E> form = new Form<>(number, type, writer, reader);
        if (BY_TYPE.put(type, form) != null || BY_NUMBER.put(number, form) != null) {
            throw new IllegalStateException("Two forms for " + type + " or number " + number);
        }
    }

    /** Fixed numbers for the constants of an enum, whatever their order in the source. */
    private static final class Numbers<E extends Enum<E>> {
        private final Map<E, Integer> numbers;
        private final Map<Integer, E> constants = new HashMap<>();

        Numbers(Map<E, Integer> numbers) {
            this.numbers = numbers;
            numbers.forEach((constant, number) -> constants.put(number, constant));
        }

        int number(E constant) {
            Integer number = numbers.get(constant);
            if (number == null) {
                throw new IllegalStateException("No number for " + constant);
            }
            return number;
        }

        E constant(int number) {
            E constant = constants.get(number);
            if (constant == null) {
                throw new IllegalArgumentException("No constant has the number " + number);
            }
            return constant;
        }
    }
}
