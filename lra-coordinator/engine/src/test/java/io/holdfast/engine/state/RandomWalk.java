package io.holdfast.engine.state;

import io.holdfast.engine.state.Command.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives a transaction random commands until it is forgotten and notes the rows of the table that were taken. */
final class RandomWalk {
    private static final String OWNER = "owner";

    private final Random random;
    private final Set<TransactionTable.Row> taken = new LinkedHashSet<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int nextParticipant;

    RandomWalk(long seed) {
        random = new Random(seed);
    }

    Set<TransactionTable.Row> taken() {
        return taken;
    }

    /** The transaction after up to the given number of commands. */
    Transaction walk(int commands) {
        var start = new Command.Start(
                new TransactionId("tx"), "origin", random.nextBoolean() ? OWNER : null, parent(), limit(), now);
        Transaction tx = Machine.apply(null, Machine.start(start).events().get(0));
        for (int i = 0; i < commands; i++) {
            now = now.plusSeconds(1);
            for (Event event : Machine.decide(tx, command(tx)).events()) {
                Transaction after = Machine.apply(tx, event);
                taken.add(new TransactionTable.Row(tx.state(), event.getClass(), after.state()));
                tx = after;
            }
        }
        return tx;
    }

    private Command command(Transaction tx) {
        ParticipantId participant = anyParticipant(tx);
        String token = List.of(OWNER, OWNER, "stranger").get(random.nextInt(3));
        return switch (random.nextInt(27)) {
            case 0, 1 -> new Command.Join(newId(), kind(), "tx" + nextParticipant, "", wants(), limit(), now);
            case 2 -> new Command.StoreData(participant, "data" + random.nextInt());
            case 3 -> new Command.Relocate(participant, "moved" + random.nextInt(), random.nextBoolean());
            case 4 -> new Command.Leave(participant);
            case 5 -> new Command.Renew(limit(), now);
            case 6 -> new Command.Prepare(random.nextInt(4) == 0, now);
            case 7, 8 -> new Command.CastVote(participant, Vote.values()[random.nextInt(4)], now);
            case 9 -> new Command.Hold(tx.owner() == null ? null : token);
            case 10 -> new Command.PreCommit();
            case 11 -> new Command.Confirm(tx.owner() == null || random.nextBoolean() ? null : token, reason(), now);
            case 12 ->
                random.nextInt(3) == 0
                        ? new Command.Cancel(tx.owner() == null ? null : token, reason(), now)
                        : new Command.DeadlinePassed(now);
            case 13 -> new Command.ParticipantAnswered(participant, confirmed(tx, participant), outcome(), now);
            case 14 -> new Command.Settle();
            case 15 -> new Command.Resolve("", "");
            case 16, 17 -> new Command.AcknowledgeNotice(participant, Notice.values()[random.nextInt(2)]);
            case 18, 19 -> new Command.DecideByPerson(random.nextBoolean(), "who", "why", now);
            case 20 -> new Command.RecordHazard("why");
            case 21 -> new Command.AcknowledgeHeuristic(tx.owner());
            case 22 -> new Command.ResolveParticipant(participant, "who", "why", now);
            case 23 -> new Command.MakeFirm(tx.owner() == null ? null : token);
            case 24 -> new Command.Confirm(tx.owner(), Reason.ONE_BY_ONE, now);
            case 25 -> new Command.ForceParticipant(participant, "who", "why", now);
            default -> new Command.Forget(random.nextBoolean() ? null : token);
        };
    }

    /** Mostly what it is told. */
    private boolean confirmed(Transaction tx, ParticipantId participant) {
        boolean told = tx.participants()
                .find(participant)
                .filter(known -> known.state() == ParticipantState.CONFIRMING)
                .isPresent();
        return told != (random.nextInt(10) == 0);
    }

    private ParticipantId newId() {
        return new ParticipantId("p" + nextParticipant++);
    }

    private ParticipantId anyParticipant(Transaction tx) {
        List<Participant> all = tx.participants().stream().toList();
        return all.isEmpty() || random.nextInt(10) == 0
                ? new ParticipantId("nobody")
                : all.get(random.nextInt(all.size())).id();
    }

    private @Nullable TransactionId parent() {
        return random.nextBoolean() ? new TransactionId("parent") : null;
    }

    private Set<Notice> wants() {
        return random.nextBoolean() ? Set.of(Notice.FORGET, Notice.OUTCOME) : Set.of();
    }

    private Reason reason() {
        return random.nextBoolean() ? Reason.PARENT : Reason.REQUESTED;
    }

    private ParticipantKind kind() {
        return ParticipantKind.values()[random.nextInt(ParticipantKind.values().length)];
    }

    private @Nullable Duration limit() {
        return random.nextInt(3) == 0 ? Duration.ofSeconds(1 + random.nextInt(100)) : null;
    }

    private Outcome outcome() {
        return switch (random.nextInt(6)) {
            case 0 -> new Outcome.Failed("cause");
            case 1 -> new Outcome.InProgress("progress" + random.nextInt(3));
            default -> new Outcome.Done();
        };
    }
}
