package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.server.AdapterBeans;
import io.holdfast.tests.adapter.app.Wish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * One transaction with an XA database, a local participant, a service and an LRA, and a server, a coordinator or an answer that is lost on
 * the way: everybody agrees in the end, without a person, within the server's recovery interval and 30 s, or the operators' list
 * tells what is open. {@code -Dkills=BEFORE_PREPARE,...} plays some of {@link Kill} only.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
abstract class KillMatrix {
    private static final Duration PATIENCE = Halts.PATIENCE;
    private static final String ALL = "all";

    private final Gateway gateway = new Gateway();
    private final Services services = new Services();
    private AdapterServer server;
    private Entries entries;
    private Halts halts;
    private MatrixTable table;

    abstract AdapterServer server(Gateway gateway);

    @BeforeAll
    void open() {
        server = server(gateway);
        gateway.leadTo(server.control().root());
        entries = new Entries(() -> server.control().root(), services);
        halts = new Halts(server, entries);
        table = new MatrixTable(server.name(), halts.limit());
        server.open();
    }

    @AfterEach
    void repair() {
        gateway.repair();
        services.behave();
        server.killSwitch().disarm();
    }

    @AfterAll
    void close() {
        table.publish(Path.of(System.getProperty("holdfast.reports")));
        server.control().stop();
        gateway.close();
        services.close();
    }

    @TestFactory
    Stream<DynamicTest> after_a_kill_everybody_agrees_without_a_person() {
        String kills = System.getProperty("kills", ALL);
        return Stream.of(Kill.values())
                .filter(kill ->
                        kills.equals(ALL) || Arrays.asList(kills.split(",", -1)).contains(kill.name()))
                .map(kill -> DynamicTest.dynamicTest(
                        kill.name(), () -> play(kill.title(), kill.outcome(), key -> halts.play(kill, key))));
    }

    @Test
    void an_application_that_comes_back_late_is_told() {
        play("the application is deployed after the restart", Entries.COMMITTED, key -> {
            entries.participant("closed");
            assertDone(entries.write(key, Wish.COMMIT));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(entries.found(key)).contains("entry", "confirm", "complete"));
            server.control().undeploy(AdapterServer.LEDGER);
            server.control().kill();
            server.control().start();
            server.control().deploy(AdapterServer.LEDGER);
            return entries.awaitAgreement(key, Entries.COMMITTED, halts.limit());
        });
    }

    @Test
    void a_coordinator_that_is_down_at_the_start_makes_the_transaction_roll_back() {
        play("the coordinator is down when the LRA is started", Set.of("CANCEL", "cancel"), key -> {
            gateway.goDown();
            assertRolledBack(entries.write(key, Wish.COMMIT));
            gateway.repair();
            return entries.awaitAgreement(key, Set.of("CANCEL", "cancel"), halts.limit());
        });
    }

    @Test
    void a_coordinator_that_is_down_at_prepare_makes_the_transaction_roll_back() {
        play("the coordinator is down at prepare, for 3 s", Entries.ROLLED_BACK, key -> {
            gateway.goDownAt("hold");
            assertRolledBack(entries.write(key, Wish.COMMIT));
            return repairLater(key, Entries.ROLLED_BACK);
        });
    }

    @Test
    void a_coordinator_that_is_down_at_commit_is_told_when_it_is_back() {
        play("the coordinator is down at commit, for 3 s", Entries.COMMITTED, key -> {
            gateway.goDownAt("close");
            assertDone(entries.write(key, Wish.COMMIT));
            return repairLater(key, Entries.COMMITTED);
        });
    }

    @Test
    void a_coordinator_that_is_down_at_rollback_is_told_when_it_is_back() {
        play("the coordinator is down at rollback, for 3 s", Entries.ROLLED_BACK, key -> {
            gateway.goDownAt("cancel");
            assertDone(entries.write(key, Wish.ROLLBACK));
            return repairLater(key, Entries.ROLLED_BACK);
        });
    }

    @Test
    void a_coordinator_that_is_down_after_the_restart_keeps_nobody_else_waiting() {
        play("after the decision; the coordinator is down during recovery", Entries.COMMITTED, key -> {
            halts.die(key, "decision.after", Wish.COMMIT);
            gateway.goDown();
            halts.restart();
            await().atMost(halts.limit())
                    .ignoreExceptionsInstanceOf(RuntimeException.class)
                    .untilAsserted(() -> assertThat(entries.found(key))
                            .contains("entry", "CONFIRM", "confirm")
                            .doesNotContain("in doubt", "complete"));
            gateway.repair();
            return entries.awaitAgreement(key, Entries.COMMITTED, halts.limit());
        });
    }

    @Test
    void a_lost_answer_to_the_start_leaves_no_lra_behind() {
        play("the answer to the LRA's start is lost", Set.of("CANCEL", "cancel"), key -> {
            gateway.loseAnswerTo("start");
            assertRolledBack(entries.write(key, Wish.COMMIT));
            return entries.awaitAgreement(key, Set.of("CANCEL", "cancel"), halts.limit());
        });
    }

    @Test
    void a_lost_answer_to_the_hold_makes_the_transaction_roll_back() {
        play("the answer to the hold is lost", Entries.ROLLED_BACK, key -> {
            gateway.loseAnswerTo("hold");
            assertRolledBack(entries.write(key, Wish.COMMIT));
            return entries.awaitAgreement(key, Entries.ROLLED_BACK, halts.limit());
        });
    }

    @Test
    void a_lost_answer_to_the_close_changes_nothing() {
        play("the LRA is closed, and its answer is lost", Entries.COMMITTED, key -> {
            gateway.loseAnswerTo("close");
            assertDone(entries.write(key, Wish.COMMIT));
            return entries.awaitAgreement(key, Entries.COMMITTED, halts.limit());
        });
    }

    @Test
    void a_participant_that_committed_and_whose_answer_was_lost_is_told_again() {
        play("a service has committed, and its answer is lost", Entries.COMMITTED, key -> {
            services.loseAnswerTo("confirm");
            assertDone(entries.write(key, Wish.COMMIT));
            Duration took = entries.awaitAgreement(key, Entries.COMMITTED, halts.limit());
            await().atMost(PATIENCE)
                    .until(() -> services.told(key).stream()
                                    .filter("confirm"::equals)
                                    .count()
                            > 1);
            return took;
        });
    }

    /** Nothing that could be decided is open: the operators' list tells what a person has to look at, also after a crash. */
    @Test
    void a_participant_that_refuses_for_good_is_on_the_operators_list_also_after_a_kill() {
        play("a service refuses to commit for good; the server is halted", Set.of("operators' list"), key -> {
            services.refuse("confirm");
            assertDone(entries.write(key, Wish.COMMIT));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(heuristics()).isEqualTo(1));
            long begin = System.nanoTime();
            server.control().kill();
            halts.restart();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            try (AdapterBeans beans = server.beans()) {
                CompositeData branch = ((CompositeData[]) beans.attribute("HeuristicBranches"))[0];
                assertThat(branch.get("state")).isEqualTo("FAILED_TO_CONFIRM");
                beans.invoke("resolve", (String) branch.get("xid"), "Ann", "The service was told by telephone");
                assertThat(beans.attribute("Heuristic")).isEqualTo(0);
            }
            return took;
        });
    }

    private Duration repairLater(String key, Set<String> outcome) {
        await().atMost(PATIENCE).until(gateway::hasFailed);
        long begin = System.nanoTime();
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        assertThatThrownBy(() -> entries.awaitAgreement(key, outcome, Duration.ofMillis(500)))
                .as("agreement without the coordinator")
                .hasMessageContaining("agreement");
        gateway.repair();
        entries.awaitAgreement(key, outcome, halts.limit());
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Plays a case; afterwards the adapter has nothing left to do. */
    private void play(String title, Set<String> outcome, Function<String, Duration> course) {
        String word = outcome.size() == 1 ? outcome.iterator().next() : MatrixTable.word(outcome);
        try {
            Duration took = course.apply(Entries.newKey());
            try (AdapterBeans beans = server.beans()) {
                await("an empty list").atMost(PATIENCE).untilAsserted(() -> {
                    assertThat(beans.attribute("InDoubt")).isEqualTo(0);
                    assertThat(beans.attribute("Undelivered")).isEqualTo(0);
                    assertThat(beans.attribute("Heuristic")).isEqualTo(0);
                });
            }
            table.passed(title, word, took);
        } catch (RuntimeException | AssertionError failed) {
            table.failed(title, word, failed);
            revive();
            throw failed;
        }
    }

    /** For the cases after one that has failed half-way. */
    private void revive() {
        repair();
        try {
            entries.found("");
        } catch (RuntimeException dead) {
            server.control().stop();
            halts.restart();
        }
    }

    private Object heuristics() {
        try (AdapterBeans beans = server.beans()) {
            return beans.attribute("Heuristic");
        }
    }

    private static void assertDone(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private static void assertRolledBack(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
    }
}
