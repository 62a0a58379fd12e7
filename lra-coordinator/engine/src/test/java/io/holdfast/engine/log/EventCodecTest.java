package io.holdfast.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.state.Event;
import io.holdfast.engine.state.Heuristic;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Participants;
import io.holdfast.engine.state.Reason;
import io.holdfast.engine.state.Texts;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final ParticipantId P = new ParticipantId("p1");

    private static final List<Event> ONE_OF_EACH = List.of(
            new Event.Started(new TransactionId("t1"), AT, "Örigin", "token", new TransactionId("t0"), AT),
            new Event.Joined(P, ParticipantKind.VOTING, "http://h/ü", "data", Set.of(Notice.OUTCOME)),
            new Event.DataStored(P, ""),
            new Event.Relocated(P, "elsewhere", true),
            new Event.Left(P),
            new Event.Renewed(null),
            new Event.PreparationStarted(true),
            new Event.VotedYes(P),
            new Event.Prepared(),
            new Event.PreCommitted(),
            new Event.ConfirmDecided(Reason.REQUESTED),
            new Event.CancelDecided(Reason.TIME_LIMIT),
            new Event.InProgress(P, null),
            new Event.ParticipantConfirmed(P),
            new Event.ParticipantCancelled(P),
            new Event.ParticipantFailed(P, "cause"),
            new Event.Ended(TransactionState.FAILED_TO_CANCEL, AT),
            new Event.Forgotten(),
            new Event.Settled(),
            new Event.NoticeAcknowledged(P, Notice.FORGET),
            new Event.Disowned(),
            new Event.OperatorResolved("who", "why"),
            new Event.HeuristicRecorded(new Heuristic(Heuristic.Cause.HAZARD, "who", "why")),
            new Event.HeuristicAcknowledged(),
            new Event.ParticipantResolved(P, "who", "why"),
            new Event.ParticipantForced(P, "who", "why"),
            new Event.MadeFirm());

    @Test
    void every_event_is_read_as_it_was_written() {
        assertThat(ONE_OF_EACH.stream().map(Object::getClass))
                .containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
        Output out = new Output();
        EventCodec.write(out, ONE_OF_EACH);
        assertThat(EventCodec.readEvents(new Input(out.toBuffer(), new Texts())))
                .isEqualTo(ONE_OF_EACH);
    }

    @Test
    void a_transaction_is_read_as_it_was_written() {
        Stream.of(TransactionState.values()).forEach(state -> {
            Transaction tx = new Transaction(
                    new TransactionId("t1"),
                    state,
                    "origin",
                    "token",
                    state.isFinal(),
                    new TransactionId("t0"),
                    AT,
                    AT.plusSeconds(1),
                    true,
                    Reason.NO_VOTE,
                    null,
                    state.isDecided() ? new Heuristic(Heuristic.Cause.PERSON, "Ann", "because") : null,
                    Participants.of(Arrays.stream(ParticipantState.values())
                            .map(s -> new Participant(
                                    new ParticipantId(s.name()),
                                    ParticipantKind.ACTED,
                                    "at" + s,
                                    "data",
                                    s,
                                    "progress",
                                    Set.of(Notice.FORGET, Notice.OUTCOME),
                                    Set.of(Notice.OUTCOME)))
                            .toList()));
            Output out = new Output();
            EventCodec.write(out, tx);
            assertThat(EventCodec.readTransaction(new Input(out.toBuffer(), new Texts())))
                    .isEqualTo(tx);
        });
    }

    /** The bytes that release 0.1 wrote; a change here means that its logs cannot be read any more. */
    @Test
    void the_bytes_of_format_1_stay_as_they_are() {
        Output out = new Output();
        EventCodec.write(out, new Event.Joined(P, ParticipantKind.ACTED, "a", "d", Set.of(Notice.FORGET)));
        byte[] bytes = Arrays.copyOf(out.array(), out.size());
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("02" + "000000027031" + "01" + "0000000161" + "0000000164" + "01");
    }
}
