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

    @Nullable
    TransactionId id;

    @Nullable
    TransactionState acknowledgedDecision;

    boolean held;
    boolean finished;
    private int joinsLeft;

    Business(World world, int number, boolean voting) {
        this(world, "business" + number, voting, null);
    }

    private Business(World world, String name, boolean voting, @Nullable Business parent) {
        this.world = world;
        this.name = name;
        this.voting = voting;
        this.parent = parent;
        this.owned = !voting && parent == null && world.random.nextInt(3) == 0;
        this.joinsLeft = world.random.nextInt(4);
        int draw = world.random.nextInt(10);
        this.wish = draw < 5 ? Wish.CONFIRM : draw < 9 ? Wish.CANCEL : Wish.ABANDON;
    }

    void begin() {
        Duration limit = wish == Wish.ABANDON || world.random.nextBoolean() ? Duration.ofSeconds(60) : null;
        ask(
                "start",
                () -> parent == null
                        ? world.coordinator.start(name, owned ? name : null, limit)
                        : world.coordinator.startNested(parent.id(), name, null, limit),
                started -> {
                    id = started.id();
                    next();
                },
                this::giveUp);
    }

    private void next() {
        if (joinsLeft > 0) {
            joinsLeft--;
            join();
        } else if (!voting && nested == null && world.random.nextInt(3) == 0) {
            nested = new Business(world, name + "-nested", false, this);
            nested.begin();
        } else {
            finish();
        }
    }

    private void join() {
        String address = "host" + world.random.nextInt(3) + "/" + name + "-" + joinsLeft;
        Set<Notice> wants = world.random.nextBoolean() ? Set.of(Notice.FORGET, Notice.OUTCOME) : Set.of();
        boolean poison = world.random.nextInt(20) == 0;
        SimulatedParticipant participant =
                new SimulatedParticipant(address, poison, voting && world.random.nextInt(10) == 0, wants);
        world.participants.put(address, participant);
        ParticipantKind kind = voting ? ParticipantKind.VOTING : ParticipantKind.ACTED;
        Enlistment enlistment = new Enlistment(participant);
        ask(
                "join " + address,
                () -> world.coordinator.join(id(), kind, address, "", wants, null),
                joined -> {
                    enlistment.id = joined.participant().id();
                    acknowledged.add(enlistment);
                    if (world.random.nextInt(5) == 0) {
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
                this::giveUp);
    }

    /** Repeats its wish until it is acknowledged, as a transaction manager does. */
    private void decide() {
        String owner = owned ? name : null;
        ask(
                wish.name(),
                () -> wish == Wish.CONFIRM
                        ? world.coordinator.confirm(id(), owner)
                        : world.coordinator.cancel(id(), owner),
                tx -> {
                    acknowledgedDecision = tx.state();
                    end();
                },
                () -> world.scheduler.schedule(Duration.ofSeconds(1), this::decide));
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

    private static <T> CompletableFuture<T> attempt(Supplier<CompletableFuture<T>> call) {
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
        if (cause instanceof RefusedException || cause instanceof UnknownTransactionException) {
            end();
        } else {
            unknown.run();
        }
    }
}
