package io.holdfast.engine.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.Coordinator;
import io.holdfast.engine.Host;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.log.DirectoryDisk;
import io.holdfast.engine.state.Event;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.ParticipantState;
import io.holdfast.engine.state.Transaction;
import io.holdfast.engine.state.TransactionState;
import io.holdfast.engine.time.Clock;
import io.holdfast.engine.time.ThreadTimers;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Halts a JVM with the real engine at every kind of write, call and timer, opens its log in this one and looks whether everything
 * acknowledged is there and every transaction ends as it should. {@code -Dcrash.times} sets how often each kind is a point to halt at.
 */
class CrashTest {
    private static final String TIMES = System.getProperty("crash.times", "1");
    private static final String NEVER = "never";
    private static final long PATIENCE_SECONDS = 10;

    private static ForkedJvm forked;
    /** One that was not halted. */
    private static Run whole;

    @TempDir
    Path directory;

    /** What came from a JVM before it stopped. */
    private static final class Run {
        final Scripted participants = new Scripted();
        final Set<String> points = new LinkedHashSet<>();
        final Map<String, Acknowledged> acknowledged = new HashMap<>();
        final Map<String, String> asked = new HashMap<>();
        int status;

        /** What was asked for last and not acknowledged, or nothing. */
        String underWay(String name) {
            return asked.getOrDefault(name, "");
        }
    }

    @BeforeAll
    static void runToTheEnd(@TempDir Path jvm, @TempDir Path log) throws Exception {
        forked = new ForkedJvm(jvm);
        whole = run(forked.first(log.toString(), NEVER, TIMES));
    }

    static Set<String> points() {
        return whole.points;
    }

    @Test
    void the_load_comes_to_its_end_and_writes_every_kind_of_event() throws Exception {
        Run again = run(directory, NEVER);
        assertThat(List.of(whole.status, again.status)).containsOnly(0);
        assertThat(again.points)
                .containsAll(Stream.of(Event.class.getPermittedSubclasses())
                        .filter(event -> event != Event.PreCommitted.class)
                        .map(event -> "after the force of " + event.getSimpleName())
                        .toList());
        checkAfterRestart(again);
    }

    @ParameterizedTest
    @MethodSource("points")
    @Execution(ExecutionMode.CONCURRENT)
    void nothing_acknowledged_is_lost_and_everything_ends_right_when_it_is_halted(String point) throws Exception {
        Run halted = run(directory, point);
        boolean mayNotCome = point.contains(Halt.AGAIN);
        assertThat(halted.status == Halt.STATUS || (mayNotCome && halted.status == 0))
                .as("halted with " + halted.status)
                .isTrue();
        checkAfterRestart(halted);
    }

    private static Run run(Path directory, String point) throws IOException, InterruptedException {
        return run(forked.next(directory.toString(), point, TIMES));
    }

    private static Run run(ProcessBuilder jvm) throws IOException, InterruptedException {
        Process process = jvm.start();
        Run run = new Run();
        try (BufferedReader told = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter answers = process.outputWriter(StandardCharsets.UTF_8)) {
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                take(run, line, answers);
            }
        } finally {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        run.status = process.waitFor();
        run.participants.hear();
        return run;
    }

    private static void take(Run run, String line, BufferedWriter answers) {
        String[] parts = line.split(" ", 2);
        switch (parts[0]) {
            case "point" -> run.points.add(parts[1]);
            case "asked" -> {
                String[] words = parts[1].split(" ", 3);
                run.asked.put(words[0], words[1]);
            }
            case "acknowledged" -> {
                Acknowledged now = Acknowledged.of(parts[1]);
                run.acknowledged.put(now.name(), now);
                run.asked.remove(now.name());
                if (now.what().equals("forget")) {
                    run.participants.hear();
                }
            }
            case "call" -> {
                String[] words = parts[1].split(" ", 3);
                Instruction instruction = Instruction.valueOf(words[1]);
                answer(answers, words[0] + " " + instruction + " " + run.participants.tell(instruction, words[2]));
            }
            default -> throw new IllegalStateException(line);
        }
    }

    /** Nobody listens any more when it was halted meanwhile. */
    private static void answer(BufferedWriter answers, String line) {
        try {
            answers.write(line + "\n");
            answers.flush();
        } catch (IOException halted) {
            System.out.println("No answer was taken: " + line + " (" + halted + ")");
        }
    }

    private void checkAfterRestart(Run run) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try (ThreadTimers timers = new ThreadTimers("crash-timers");
                Coordinator coordinator = Coordinator.open(
                        HaltedEngine.SETTINGS,
                        new Host(Clock.system(), timers, executor, new SecureRandom(), new DirectoryDisk(directory)),
                        run.participants)) {
            Map<String, Transaction> found = all(coordinator);
            run.acknowledged.values().forEach(known -> checkAcknowledged(run, known, found.get(known.name())));
            for (Transaction tx : found.values()) {
                finish(coordinator, run, tx);
            }
            all(coordinator).values().forEach(tx -> checkEnd(run, tx));
        } finally {
            executor.shutdown();
        }
    }

    private static Map<String, Transaction> all(Coordinator coordinator) throws Exception {
        return coordinator.list(tx -> true, Integer.MAX_VALUE).get(PATIENCE_SECONDS, TimeUnit.SECONDS).stream()
                .collect(Collectors.toMap(Transaction::origin, Function.identity()));
    }

    private static void checkAcknowledged(Run run, Acknowledged known, @Nullable Transaction tx) {
        String name = known.name();
        String underWay = run.underWay(name);
        boolean gone = known.what().equals("resolve") || (known.what().equals("forget") && name.equals("forgotten"));
        if (gone) {
            assertThat(tx).as(name).isNull();
            return;
        }
        if (tx == null) {
            assertThat(underWay).as("what made " + name + " vanish").isIn("forget", "resolve");
            return;
        }
        assertThat(tx.id().value()).isEqualTo(known.id());
        if (!underWay.equals("renew")) {
            assertThat(String.valueOf(tx.deadline())).as("limit of " + name).isEqualTo(known.deadline());
        }
        Map<String, String> data = Acknowledged.dataOf(tx);
        if (underWay.equals("join")) {
            assertThat(data.keySet()).as(name).containsAll(known.data().keySet());
        } else if (underWay.equals("leave") || underWay.equals("relocate")) {
            assertThat(data.values())
                    .as(name)
                    .hasSizeGreaterThanOrEqualTo(known.data().size() - 1);
        } else {
            assertThat(data).as(name).isEqualTo(known.data());
        }
        boolean undoneWithItsParent = name.equals("inner-undone") && tx.state().cancels();
        assertThat(tx.state().confirms() || !known.state().confirms() || undoneWithItsParent)
                .as(name)
                .isTrue();
        assertThat(tx.state().isDecided() || !known.state().isDecided())
                .as(name)
                .isTrue();
        if (known.what().equals("hold")) {
            assertThat(tx.state()).as(name).isNotEqualTo(TransactionState.ACTIVE);
        }
        if (known.what().equals("decide") && underWay.isEmpty()) {
            assertThat(tx.heuristic()).as("why " + name + " was decided").isNotNull();
        }
        if (known.what().equals("acknowledge")) {
            assertThat(tx.heuristic()).as("what " + name + " has acknowledged").isNull();
        }
        if (known.what().equals("forget")) {
            assertThat(tx.isOwned()).as("owned " + name).isFalse();
        }
    }

    /** Its client comes again after the restart. */
    private static void finish(Coordinator coordinator, Run run, Transaction tx) throws Exception {
        TransactionState end = Load.ENDS.get(tx.origin());
        if (end == TransactionState.ACTIVE || tx.parent() != null) {
            return;
        }
        if (Load.VOTING.contains(tx.origin()) && !tx.state().isDecided()) {
            await(coordinator.prepare(tx.id(), false));
        }
        if (!tx.origin().equals("late") || !isLimited(run)) {
            await(end.confirms() ? coordinator.confirm(tx.id(), tx.owner()) : coordinator.cancel(tx.id(), tx.owner()));
        }
        await(coordinator.settled(tx.id()));
    }

    private static boolean isLimited(Run run) {
        Acknowledged late = run.acknowledged.get("late");
        return late != null && late.what().equals("renew");
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void checkEnd(Run run, Transaction tx) {
        String name = tx.origin();
        assertThat(tx.state()).as(name).isIn(possibleEnds(run, name));
        List<Participant> own = tx.participants().stream()
                .filter(participant -> participant.kind() != ParticipantKind.NESTED)
                .toList();
        own.forEach(participant -> checkTold(run, tx, participant));
    }

    /** An orphan is cancelled, and who is not known to be forced answers in the end. */
    private static List<TransactionState> possibleEnds(Run run, String name) {
        Acknowledged known = run.acknowledged.get(name);
        TransactionState end = Load.ENDS.get(name);
        if (known == null && name.startsWith("inner")) {
            return List.of(TransactionState.CANCELLED, end);
        }
        boolean maybeNotForced =
                name.equals("forced") && (known == null || !known.what().equals("force"));
        return maybeNotForced ? List.of(TransactionState.CONFIRMED, end) : List.of(end);
    }

    private static void checkTold(Run run, Transaction tx, Participant participant) {
        List<Instruction> told = run.participants.told(participant.address());
        List<Instruction> decisions = told.stream()
                .filter(instruction -> instruction == Instruction.CONFIRM || instruction == Instruction.CANCEL)
                .toList();
        if (!tx.state().isDecided()) {
            assertThat(decisions).as(participant.address()).isEmpty();
            return;
        }
        if (tx.origin().equals("forced") && participant.state() == ParticipantState.CANCELLED) {
            assertThat(decisions).as(participant.address()).containsExactly(Instruction.CONFIRM, Instruction.CANCEL);
            return;
        }
        Instruction last = tx.state().confirms() ? Instruction.CONFIRM : Instruction.CANCEL;
        if (tx.origin().startsWith("inner") && last == Instruction.CANCEL) {
            assertThat(decisions)
                    .as(participant.address())
                    .isIn(List.of(Instruction.CANCEL), List.of(Instruction.CONFIRM, Instruction.CANCEL));
        } else {
            assertThat(decisions).as(participant.address()).containsExactly(last);
        }
        assertThat(told.contains(Instruction.OUTCOME) || participant.wants().isEmpty())
                .as(participant.address() + " was told " + told)
                .isTrue();
    }
}
