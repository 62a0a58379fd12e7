package io.holdfast.engine.crash;

import io.holdfast.engine.Coordinator;
import io.holdfast.engine.Joined;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.ParticipantId;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionId;
import io.holdfast.engine.state.TransactionState;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Some transactions one after the other, which together make the engine write every kind of event and call. */
final class Load {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(40);
    private static final Set<Notice> ALL_NOTICES = Set.of(Notice.FORGET, Notice.OUTCOME);

    /** How each must have ended when all is over, by its origin. */
    static final Map<String, TransactionState> ENDS = Map.ofEntries(
            Map.entry("plain", TransactionState.CONFIRMED),
            Map.entry("undone", TransactionState.CANCELLED),
            Map.entry("actions", TransactionState.CANCELLED),
            Map.entry("forced", TransactionState.FAILED_TO_CONFIRM),
            Map.entry("firm", TransactionState.CONFIRMED),
            Map.entry("held", TransactionState.CONFIRMED),
            Map.entry("doubted", TransactionState.CONFIRMED),
            Map.entry("forgotten", TransactionState.CONFIRMED),
            Map.entry("voting", TransactionState.CONFIRMED),
            Map.entry("outer", TransactionState.CONFIRMED),
            Map.entry("inner", TransactionState.CONFIRMED),
            Map.entry("failing", TransactionState.FAILED_TO_CONFIRM),
            Map.entry("resolved", TransactionState.FAILED_TO_CONFIRM),
            Map.entry("outer-undone", TransactionState.CANCELLED),
            Map.entry("inner-undone", TransactionState.CANCELLED),
            Map.entry("late", TransactionState.CANCELLED),
            Map.entry("open", TransactionState.ACTIVE));

    static final Set<String> OWNED = Set.of("held", "doubted", "forgotten");
    static final Set<String> VOTING = Set.of("voting");

    private final Coordinator coordinator;
    private final BiConsumer<String, String> tell;

    Load(Coordinator coordinator, BiConsumer<String, String> tell) {
        this.coordinator = coordinator;
        this.tell = tell;
    }

    static @Nullable String owner(String origin) {
        return OWNED.contains(origin) ? "token-" + origin : null;
    }

    void run() throws ExecutionException, InterruptedException {
        TransactionId open = start("open", null);
        join("open", open, "open/a", "first");
        plain();
        undone();
        actions();
        forced();
        firm();
        held();
        doubted();
        forgotten();
        voting();
        join("open", open, "open/b", "second");
        coordinator.checkpoint();
        nested();
        failing();
        resolved();
        late();
        join("open", open, "open/c", "third");
        coordinator.checkpoint();
    }

    private void plain() throws ExecutionException, InterruptedException {
        TransactionId id = start("plain", LONG);
        join("plain", id, "slow/a", "one");
        ParticipantId moving = join("plain", id, "plain/b", "two");
        join("plain", id, "slow/a", "changed");
        ask("plain", "relocate", () -> coordinator.relocate(id, moving, "plain/moved", true));
        ParticipantId leaving = join("plain", id, "plain/c", "three");
        ask("plain", "leave", () -> coordinator.leave(id, leaving));
        ask("plain", "renew", () -> coordinator.renew(id, LONG.multipliedBy(2)));
        ask("plain", "confirm", () -> coordinator.confirm(id, null));
        coordinator.settled(id).get();
    }

    private void undone() throws ExecutionException, InterruptedException {
        TransactionId id = start("undone", null);
        join("undone", id, "undone/a", "");
        join("undone", id, "undone/b", "");
        ask("undone", "cancel", () -> coordinator.cancel(id, null));
        coordinator.settled(id).get();
    }

    private void actions() throws ExecutionException, InterruptedException {
        TransactionId id = start("actions", null);
        join("actions", id, ParticipantKind.ACTION, "actions/a", "");
        ParticipantId stuck = join("actions", id, ParticipantKind.ACTION, "mute/b", "");
        ask("actions", "cancel", () -> coordinator.cancel(id, null));
        ask("actions", "answer", () -> coordinator.resolve(id, stuck, "somebody", "did it by hand"));
        coordinator.settled(id).get();
    }

    private void forced() throws ExecutionException, InterruptedException {
        TransactionId id = start("forced", null);
        ParticipantId stubborn = join("forced", id, "stubborn/a", "");
        join("forced", id, "forced/b", "");
        ask("forced", "confirm", () -> coordinator.confirm(id, null));
        ask("forced", "force", () -> coordinator.force(id, stubborn, "somebody", "it never answers"));
        coordinator.settled(id).get();
    }

    private void firm() throws ExecutionException, InterruptedException {
        TransactionId id = start("firm", null);
        join("firm", id, "shy/a", "");
        join("firm", id, "firm/b", "");
        ask("firm", "confirm", () -> coordinator.confirmOneByOne(id, null));
        ask("firm", "firm", () -> coordinator.firm(id, null, Duration.ZERO));
        coordinator.settled(id).get();
    }

    private void held() throws ExecutionException, InterruptedException {
        TransactionId id = start("held", LONG);
        join("held", id, "deaf/a", "");
        ask("held", "hold", () -> coordinator.hold(id, owner("held")));
        ask("held", "confirm", () -> coordinator.confirm(id, owner("held")));
        coordinator.ended(id).get();
        ask("held", "forget", () -> coordinator.forget(id, owner("held")));
        coordinator.settled(id).get();
    }

    private void doubted() throws ExecutionException, InterruptedException {
        TransactionId id = start("doubted", LONG);
        join("doubted", id, "doubted/a", "");
        ask("doubted", "hold", () -> coordinator.hold(id, owner("doubted")));
        ask("doubted", "decide", () -> coordinator.decideByPerson(id, true, "somebody", "knows better"));
        ask("doubted", "acknowledge", () -> coordinator.acknowledgeHeuristic(id, owner("doubted")));
        coordinator.settled(id).get();
    }

    private void forgotten() throws ExecutionException, InterruptedException {
        TransactionId id = start("forgotten", null);
        ask("forgotten", "confirm", () -> coordinator.confirm(id, owner("forgotten")));
        ask("forgotten", "forget", () -> coordinator.forget(id, owner("forgotten")));
    }

    private void voting() throws ExecutionException, InterruptedException {
        TransactionId id = start("voting", null);
        for (String address : Set.of("voting/a", "voting/b")) {
            ask("voting", "join", () -> coordinator
                    .join(id, ParticipantKind.VOTING, address, "", Set.of(), null)
                    .thenApply(Joined::transaction));
        }
        ask("voting", "prepare", () -> coordinator.prepare(id, false));
        ask("voting", "confirm", () -> coordinator.confirm(id, null));
        coordinator.settled(id).get();
    }

    private void nested() throws ExecutionException, InterruptedException {
        TransactionId outer = start("outer", null);
        TransactionId inner = nest("inner", outer);
        join("outer", outer, "outer/a", "");
        join("inner", inner, "inner/a", "");
        ask("inner", "confirm", () -> coordinator.confirm(inner, null));
        coordinator.ended(inner).get();
        ask("outer", "confirm", () -> coordinator.confirm(outer, null));
        coordinator.settled(outer).get();

        TransactionId undone = start("outer-undone", null);
        TransactionId innerUndone = nest("inner-undone", undone);
        join("inner-undone", innerUndone, "inner-undone/a", "");
        ask("inner-undone", "confirm", () -> coordinator.confirm(innerUndone, null));
        coordinator.ended(innerUndone).get();
        ask("outer-undone", "cancel", () -> coordinator.cancel(undone, null));
        coordinator.settled(undone).get();
    }

    private void failing() throws ExecutionException, InterruptedException {
        TransactionId id = start("failing", null);
        join("failing", id, "refusing/a", "");
        join("failing", id, "failing/b", "");
        ask("failing", "confirm", () -> coordinator.confirm(id, null));
        coordinator.settled(id).get();
    }

    private void resolved() throws ExecutionException, InterruptedException {
        TransactionId id = start("resolved", null);
        join("resolved", id, "refusing/b", "");
        ask("resolved", "confirm", () -> coordinator.confirm(id, null));
        coordinator.settled(id).get();
        ask("resolved", "resolve", () -> coordinator.resolve(id, "somebody", "looked at it"));
    }

    private void late() throws ExecutionException, InterruptedException {
        TransactionId id = start("late", null);
        join("late", id, "late/a", "");
        ask("late", "renew", () -> coordinator.renew(id, SHORT));
        coordinator.settled(id).get();
    }

    private TransactionId start(String name, @Nullable Duration limit) throws ExecutionException, InterruptedException {
        return ask(name, "start", () -> coordinator.start(name, owner(name), limit))
                .id();
    }

    private TransactionId nest(String name, TransactionId outer) throws ExecutionException, InterruptedException {
        return ask(name, "start", () -> coordinator.startNested(outer, name, null, null))
                .id();
    }

    private ParticipantId join(String name, TransactionId id, String address, String data)
            throws ExecutionException, InterruptedException {
        return join(name, id, ParticipantKind.ACTED, address, data);
    }

    private ParticipantId join(String name, TransactionId id, ParticipantKind kind, String address, String data)
            throws ExecutionException, InterruptedException {
        return ask(name, "join", () -> coordinator
                        .join(id, kind, address, data, ALL_NOTICES, null)
                        .thenApply(Joined::transaction))
                .participants()
                .findByAddress(address)
                .orElseThrow()
                .id();
    }

    private Transaction ask(String name, String what, Supplier<CompletableFuture<Transaction>> call)
            throws ExecutionException, InterruptedException {
        tell.accept("asked", name + " " + what);
        Transaction answer = call.get().get();
        tell.accept("acknowledged", new Acknowledged(name, what, answer).toLine());
        return answer;
    }
}
