package io.holdfast.engine.simulation;

import io.holdfast.engine.RefusedException;
import io.holdfast.engine.UnknownTransactionException;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A user of the engine with one transaction, who remembers what was acknowledged. Its own machine never stops. */
final class Business {
    /** What it wants in the end. */
    enum Wish {
        CONFIRM,
        CANCEL,
        ABANDON
    }

    static final class Enlistment {
        final SimulatedParticipant participant;

        @Nullable
        ParticipantId id;

        boolean leaving;
        boolean left;

        Enlistment(SimulatedParticipant participant) {
            this.participant = participant;
        }
    }

    private final World world;
    private final String name;
    private final boolean voting;
    final @Nullable Business parent;
    final Wish wish;

    @Nullable
    Business nested;

    final List<Enlistment> acknowledged = new ArrayList<>();
    final boolean owned;
    /** It decides alone, so that a first refusal turns its decision to confirm round. */
    final boolean oneByOne;

    @Nullable
    TransactionId id;

    @Nullable
    TransactionState acknowledgedDecision;

    boolean held;
    boolean finished;
    /** A cancel of what it had confirmed was asked for. */
    boolean regretted;
    /** The owner asked to forget it. */
    boolean forgetting;

    /** The time limit as it was acknowledged last. */
    @Nullable
    Instant deadline;
    /** Whether the limit may be another, since an answer is missing. */
    boolean deadlineUnsure;

    private int joinsLeft;
    private int renewalsLeft;

    Business(World world, int number, boolean voting) {
        this(world, "business" + number, voting, null);
    }

    private Business(World world, String name, boolean voting, @Nullable Business parent) {
        this.world = world;
        this.name = name;
        this.voting = voting;
        this.parent = parent;
        this.owned = !voting && world.random.nextInt(3) == 0;
        this.oneByOne = !voting && parent == null && world.random.nextInt(3) == 0;
        this.joinsLeft = world.random.nextInt(4);
        this.renewalsLeft = world.random.nextInt(2);
        int draw = world.random.nextInt(10);
        this.wish = draw < 5 ? Wish.CONFIRM : draw < 9 ? Wish.CANCEL : Wish.ABANDON;
    }

    void begin() {
        // What is around it waits for the owner of an owned one, who may never learn of it.
        boolean needsLimit = wish == Wish.ABANDON || (owned && parent != null);
        Duration limit = needsLimit || world.random.nextBoolean() ? Duration.ofSeconds(60) : null;
        ask(
                "start",
                () -> parent == null
                        ? world.coordinator.start(name, owned ? name : null, limit)
                        : world.coordinator.startNested(parent.id(), name, owned ? name : null, limit),
                started -> {
                    id = started.id();
                    deadline = started.deadline();
                    if (!voting && (parent == null || owned) && world.random.nextInt(4) == 0) {
                        meddle();
                    }
                    next();
                },
                this::giveUp);
    }

    /** A stranger who shows no token, or a wrong one, wants to end it some time. */
    private void meddle() {
        boolean confirms = world.random.nextBoolean();
        String token = world.random.nextBoolean() ? null : "guess";
        world.scheduler.schedule(Duration.ofMillis(world.random.nextInt(60_000)), () -> {
            if (!world.isCrashed()) {
                world.note("a stranger " + (confirms ? "confirms " : "cancels ") + name);
                var unused = attempt(() ->
                        confirms ? world.coordinator.confirm(id(), token) : world.coordinator.cancel(id(), token));
            }
        });
    }

    private void next() {
        if (renewalsLeft > 0 && deadline != null) {
            renewalsLeft--;
            renew();
        } else if (joinsLeft > 0) {
            joinsLeft--;
            join();
        } else if (!voting && nested == null && world.random.nextInt(3) == 0) {
            nested = new Business(world, name + "-nested", false, this);
            nested.begin();
        } else {
            finish();
        }
    }

    private void renew() {
        deadlineUnsure = true;
        Duration limit = Duration.ofSeconds(20 + world.random.nextInt(60));
        ask(
                "renew " + limit,
                () -> world.coordinator.renew(id(), limit),
                renewed -> {
                    deadline = renewed.deadline();
                    deadlineUnsure = false;
                    next();
                },
                this::giveUp);
    }

    private void join() {
        String address = "host" + world.random.nextInt(3) + "/" + name + "-" + joinsLeft;
        Set<Notice> wants = world.random.nextBoolean() ? Set.of(Notice.FORGET, Notice.OUTCOME) : Set.of();
        boolean poison = world.random.nextInt(20) == 0;
        SimulatedParticipant participant = new SimulatedParticipant(
                address,
                poison,
                voting && world.random.nextInt(10) == 0,
                oneByOne && world.random.nextInt(3) == 0,
                wants,
                trouble());
        world.participants.put(address, participant);
        ParticipantKind action = world.random.nextInt(3) == 0 ? ParticipantKind.ACTION : ParticipantKind.ACTED;
        ParticipantKind kind = voting ? ParticipantKind.VOTING : action;
        Enlistment enlistment = new Enlistment(participant);
        enlist(enlistment, kind, world.random.nextInt(4) == 0);
    }

    private SimulatedParticipant.Trouble trouble() {
        return switch (world.random.nextInt(20)) {
            case 0 -> SimulatedParticipant.Trouble.DEAD;
            case 1 -> SimulatedParticipant.Trouble.GARBAGE;
            default -> SimulatedParticipant.Trouble.NONE;
        };
    }

    /** Joins, and once more with other data if it is to come again. */
    private void enlist(Enlistment enlistment, ParticipantKind kind, boolean again) {
        SimulatedParticipant participant = enlistment.participant;
        String data = "data" + world.random.nextInt(1000);
        participant.askedData = data;
        Duration limit = world.random.nextInt(4) == 0 ? Duration.ofSeconds(30 + world.random.nextInt(60)) : null;
        boolean sure = !deadlineUnsure;
        deadlineUnsure |= limit != null;
        Instant[] asked = new Instant[1];
        ask(
                "join " + participant.address,
                () -> {
                    asked[0] = world.scheduler.now();
                    return world.coordinator.join(id(), kind, participant.address, data, participant.wants, limit);
                },
                joined -> {
                    enlistment.id = joined.participant().id();
                    participant.acknowledgedData = data;
                    Instant shortened = limit == null ? null : asked[0].plus(limit);
                    Instant earliest = shortened == null || (deadline != null && deadline.isBefore(shortened))
                            ? deadline
                            : shortened;
                    if (sure && !Objects.equals(earliest, joined.transaction().deadline())) {
                        world.fail(
                                name + " has the limit " + joined.transaction().deadline() + " instead of " + earliest);
                    }
                    if (sure) {
                        deadline = earliest;
                        deadlineUnsure = false;
                    }
                    if (!acknowledged.contains(enlistment)) {
                        acknowledged.add(enlistment);
                    }
                    if (again) {
                        enlist(enlistment, kind, false);
                    } else if (world.random.nextInt(5) == 0) {
                        leave(enlistment);
                    } else {
                        next();
                    }
                },
                this::giveUp);
    }

    private void leave(Enlistment enlistment) {
        enlistment.leaving = true;
        ask(
                "leave " + enlistment.participant.address,
                () -> world.coordinator.leave(id(), enlistment.id),
                left -> {
                    enlistment.left = true;
                    next();
                },
                this::giveUp);
    }

    private void finish() {
        if (wish == Wish.ABANDON) {
            giveUp();
        } else if (voting && wish == Wish.CONFIRM) {
            prepare();
        } else if (owned) {
            hold();
        } else {
            decide();
        }
    }

    private void prepare() {
        ask(
                "prepare",
                () -> world.coordinator.prepare(id(), false),
                tx -> {
                    if (tx.state() == TransactionState.PREPARED) {
                        held = true;
                        decide();
                    } else {
                        acknowledgedDecision = tx.state();
                        end();
                    }
                },
                this::giveUp);
    }

    private void hold() {
        ask(
                "hold",
                () -> world.coordinator.hold(id(), name),
                tx -> {
                    held = true;
                    decide();
                },
                parent == null ? this::giveUp : this::hold);
    }

    /** Repeats its wish until it is acknowledged, as a transaction manager does. */
    private void decide() {
        String owner = owned ? name : null;
        ask(
                wish.name(),
                () -> wish == Wish.CONFIRM ? confirm(owner) : world.coordinator.cancel(id(), owner),
                tx -> {
                    acknowledgedDecision = tx.state();
                    if (parent != null && wish == Wish.CONFIRM && world.random.nextInt(4) == 0) {
                        regret();
                    } else if (owned && world.random.nextBoolean()) {
                        forget();
                    } else {
                        end();
                    }
                },
                () -> world.scheduler.schedule(Duration.ofSeconds(1), this::decide));
    }

    private CompletableFuture<Transaction> confirm(@Nullable String owner) {
        return oneByOne
                ? world.coordinator
                        .confirmOneByOne(id(), owner)
                        .thenCompose(
                                tx -> world.coordinator.firm(id(), owner, Duration.ofSeconds(world.random.nextInt(20))))
                : world.coordinator.confirm(id(), owner);
    }

    /** Cancels what is nested and was confirmed. */
    private void regret() {
        regretted = true;
        ask(
                "cancel after all",
                () -> world.coordinator
                        .ended(id())
                        .thenCompose(tx -> world.coordinator.cancel(id(), owned ? name : null)),
                tx -> {
                    acknowledgedDecision = tx.state();
                    end();
                },
                this::giveUp);
    }

    private void forget() {
        forgetting = true;
        ask(
                "forget",
                () -> world.coordinator.ended(id()).thenCompose(tx -> world.coordinator.forget(id(), name)),
                tx -> end(),
                () -> world.scheduler.schedule(Duration.ofSeconds(1), this::forget));
    }

    private void giveUp() {
        end();
    }

    /** Has done what it can; what it is nested in goes on. */
    private void end() {
        if (!finished) {
            finished = true;
            if (parent != null) {
                parent.next();
            }
        }
    }

    private TransactionId id() {
        return Objects.requireNonNull(id);
    }

    /** Calls the engine as it is now; when the machine stops before it answers, the outcome stays unknown. */
    private <T> void ask(String what, Supplier<CompletableFuture<T>> call, Consumer<T> acknowledged, Runnable unknown) {
        world.scheduler.schedule(Duration.ofMillis(world.random.nextInt(20)), () -> {
            int epoch = world.epoch;
            boolean[] over = new boolean[1];
            world.note(name + " asks " + what);
            CompletableFuture<T> future = world.isCrashed() ? new CompletableFuture<>() : attempt(call);
            var unused = future.whenComplete((value, failure) -> {
                if (over[0] || world.isCrashed() || epoch != world.epoch) {
                    return;
                }
                over[0] = true;
                if (failure == null) {
                    world.note(name + " acknowledged " + what + ": " + stateOf(value));
                    acknowledged.accept(value);
                } else {
                    refused(what, failure, unknown);
                }
            });
            world.scheduler.schedule(Duration.ofSeconds(40), () -> {
                if (!over[0]) {
                    over[0] = true;
                    world.note(name + " got no answer to " + what);
                    unknown.run();
                }
            });
        });
    }

    /** Who is refused because of a decision has learnt of it as well. */
    private void rememberDecision(Transaction tx) {
        if (tx.id().equals(id) && tx.state().isDecided() && acknowledgedDecision == null) {
            acknowledgedDecision = tx.state();
        }
    }

    static <T> CompletableFuture<T> attempt(Supplier<CompletableFuture<T>> call) {
        try {
            return call.get();
        } catch (SimulatedCrash stopped) {
            return new CompletableFuture<>();
        }
    }

    private static String stateOf(@Nullable Object value) {
        return value instanceof Transaction tx ? tx.id() + " " + tx.state() : String.valueOf(value);
    }

    private void refused(String what, Throwable failure, Runnable unknown) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        world.note(name + " refused " + what + ": " + cause);
        if (cause instanceof RefusedException refused) {
            rememberDecision(refused.transaction());
            end();
        } else if (cause instanceof UnknownTransactionException) {
            end();
        } else {
            unknown.run();
        }
    }
}
