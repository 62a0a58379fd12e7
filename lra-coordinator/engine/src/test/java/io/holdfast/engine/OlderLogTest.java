package io.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.delivery.Answer;
import io.holdfast.engine.delivery.Instruction;
import io.holdfast.engine.state.Notice;
import io.holdfast.engine.state.Participant;
import io.holdfast.engine.state.ParticipantKind;
import io.holdfast.engine.state.Transaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Opens logs that earlier releases wrote. The files of a format are never written again once it was released: a change that makes this
 * test fail makes logs unreadable. A new format gets a new directory beside it, written with {@code -Dlogs.write=true}.
 */
class OlderLogTest extends EngineTest {
    private static final Path FORMAT_1 = Path.of("src", "test", "resources", "logs", "format-1");
    private static final Path FILES = FORMAT_1.resolve("files.txt");
    private static final Path TRANSACTIONS = FORMAT_1.resolve("transactions.txt");

    @Test
    void a_log_of_format_1_holds_what_was_written_to_it() throws IOException {
        if (Boolean.getBoolean("logs.write")) {
            write();
        }
        for (String line : Files.readAllLines(FILES)) {
            List<String> nameAndBytes = List.of(line.split(" ", 2));
            disk.replace(nameAndBytes.get(0), HexFormat.of().parseHex(nameAndBytes.get(1)));
        }
        participants.silent = call -> true;
        restart();

        assertThat(found().stream().map(OlderLogTest::describe))
                .containsExactlyInAnyOrderElementsOf(Files.readAllLines(TRANSACTIONS));
        assertThat(disk.bytes("node-id")).asString(StandardCharsets.US_ASCII).isEqualTo(coordinator.nodeId());
    }

    /** Before anything else happens to them. */
    private List<Transaction> found() {
        return coordinator.list(tx -> true, Integer.MAX_VALUE).join();
    }

    private static String describe(Transaction tx) {
        String header = String.join(
                " ",
                tx.origin(),
                tx.id().value(),
                tx.state().name(),
                "owner=" + (tx.disowned() ? null : tx.owner()),
                "parent=" + tx.parent(),
                "started=" + tx.startedAt(),
                "deadline=" + tx.deadline(),
                "onePhase=" + tx.decideWhenPrepared(),
                "reason=" + tx.reason(),
                "ended=" + tx.endedAt());
        return tx.participants().stream()
                .map(OlderLogTest::describe)
                .collect(Collectors.joining(" | ", header + " | ", ""));
    }

    private static String describe(Participant participant) {
        return String.join(
                " ",
                participant.id().value(),
                participant.kind().name(),
                participant.address(),
                "data=" + participant.data(),
                participant.state().name(),
                "progress=" + participant.progressAddress(),
                "wants=" + new TreeSet<>(participant.wants()),
                "owed=" + new TreeSet<>(participant.owed()));
    }

    /** A checkpoint and a tail, with transactions in every state and every kind of event. */
    private void write() throws IOException {
        participants.answers = call -> switch (endpoint(call.participant().address())) {
            case "busy" -> new Answer.InProgress("busy/progress");
            case "refusing" ->
                call.instruction() == Instruction.FORGET ? new Answer.Unknown("503") : new Answer.Refused("no");
            case "dead" -> new Answer.Unknown("503");
            default -> new Answer.Done();
        };
        someOfEach("early");
        coordinator.checkpoint();
        someOfEach("late");
        get(coordinator.start("last", null, null));

        List<String> files = disk.list().stream()
                .map(name -> name + " " + HexFormat.of().formatHex(disk.bytes(name)))
                .toList();
        Files.createDirectories(FORMAT_1);
        Files.write(FILES, files);
        participants.silent = call -> true;
        restart();
        Files.write(TRANSACTIONS, all().stream().map(OlderLogTest::describe).toList());
    }

    private static String endpoint(String address) {
        return address.substring(0, address.indexOf('/'));
    }

    private void someOfEach(String when) {
        active(when);
        prepared(when);
        for (String address : List.of("ok/a", "busy/a", "refusing/a", "dead/a")) {
            get(coordinator.confirm(with(when + "-confirmed", address).id(), null));
            get(coordinator.cancel(with(when + "-cancelled", address).id(), null));
        }
        nested(when);
        Transaction listened = with(when + "-listened", "ok/a");
        get(coordinator.join(listened.id(), ParticipantKind.LISTENER, "dead/l", "", Set.of(Notice.OUTCOME), null));
        get(coordinator.confirm(listened.id(), null));
        Transaction forgotten = with(when + "-forgotten", "ok/a");
        get(coordinator.confirm(forgotten.id(), null));
        scheduler.runReady();
        get(coordinator.forget(forgotten.id(), null));
        Transaction disowned = get(coordinator.start(when + "-disowned", "token-" + when, null));
        join(disowned, "ok/a", Notice.OUTCOME);
        get(coordinator.join(disowned.id(), ParticipantKind.LISTENER, "dead/l", "", Set.of(Notice.OUTCOME), null));
        get(coordinator.cancel(disowned.id(), "token-" + when));
        scheduler.runReady();
        get(coordinator.forget(disowned.id(), "token-" + when));
    }

    private void active(String when) {
        Transaction active = get(coordinator.start(when + "-active", null, Duration.ofHours(1)));
        Joined moving = join(active, "ok/ä");
        get(coordinator.storeData(active.id(), moving.participant().id(), "data"));
        get(coordinator.relocate(active.id(), moving.participant().id(), "ok/moved", true));
        Joined leaving = join(active, "ok/leaving");
        get(coordinator.leave(active.id(), leaving.participant().id()));
        get(coordinator.renew(active.id(), Duration.ofHours(2)));
    }

    private void prepared(String when) {
        Transaction held = get(coordinator.start(when + "-held", "held-" + when, null));
        join(held, "ok/a");
        get(coordinator.hold(held.id(), "held-" + when));
        Transaction voted = get(coordinator.start(when + "-voted", null, null));
        get(coordinator.join(voted.id(), ParticipantKind.VOTING, "ok/a", "", Set.of(), null));
        get(coordinator.join(voted.id(), ParticipantKind.DEFERRED, "ok/b", "", Set.of(), null));
        get(coordinator.prepare(voted.id(), false));
    }

    private void nested(String when) {
        Transaction outer = with(when + "-outer", "ok/a");
        Transaction provisional = get(coordinator.startNested(outer.id(), when + "-provisional", null, null));
        join(provisional, "ok/b", Notice.FORGET);
        get(coordinator.confirm(provisional.id(), null));
        Transaction ending = with(when + "-ended", "ok/a");
        Transaction settled = get(coordinator.startNested(ending.id(), when + "-settled", null, null));
        join(settled, "ok/b", Notice.FORGET, Notice.OUTCOME);
        get(coordinator.confirm(settled.id(), null));
        get(coordinator.confirm(ending.id(), null));
    }

    private Transaction with(String origin, String address) {
        Transaction tx = get(coordinator.start(origin, null, null));
        join(tx, address, Notice.FORGET, Notice.OUTCOME);
        return tx;
    }
}
