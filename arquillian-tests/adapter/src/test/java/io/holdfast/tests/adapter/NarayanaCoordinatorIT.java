package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.server.AdapterBeans;
import io.holdfast.scenarios.server.LraSubsystem;
import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.tests.adapter.app.Wish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * JTA and LRA in one outcome with a coordinator that knows neither owners nor hold: that of WildFly's own subsystem, Narayana's. The
 * participant does not end its caller's LRA (end=false), but where a test lets it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
class NarayanaCoordinatorIT {
    private static final Duration LIMIT = Duration.ofSeconds(42);
    private static final Duration DEATH = Duration.ofMinutes(1);

    private final Services services = new Services();
    private AdapterServer server;
    private Entries entries;

    @BeforeAll
    void open() {
        WildFlyHome home = AdapterServer.wildFlyHome();
        home.configure(Set.of(LraSubsystem.COORDINATOR));
        server = AdapterServer.wildFly(home).with(AdapterServer.ADAPTER, AdapterServer.LEDGER);
        server.open();
        entries = new Entries(() -> server.control().root(), services);
    }

    @AfterEach
    void behave() {
        services.behave();
        server.killSwitch().disarm();
    }

    @AfterAll
    void close() {
        server.control().stop();
        services.close();
    }

    @Test
    void a_commit_closes() {
        String key = Entries.newKey();
        assertThat(entries.write(key, Wish.COMMIT).status()).isEqualTo(200);

        entries.awaitAgreement(key, Entries.COMMITTED, LIMIT);
        assertNothingIsLeft();
    }

    @Test
    void a_rollback_cancels() {
        String key = Entries.newKey();
        assertThat(entries.write(key, Wish.ROLLBACK).status()).isEqualTo(200);

        entries.awaitAgreement(key, Entries.ROLLED_BACK, LIMIT);
        assertNothingIsLeft();
    }

    @Test
    void what_was_decided_before_a_kill_closes_after_it() {
        String key = Entries.newKey();
        server.killSwitch().armAt("commit.before");
        assertThatThrownBy(() -> entries.write(key, Wish.COMMIT)).isInstanceOf(UncheckedIOException.class);
        server.control().awaitDeath(DEATH);
        server.control().start();

        entries.awaitAgreement(key, Entries.COMMITTED, LIMIT);
        assertNothingIsLeft();
    }

    @Test
    void a_strangers_close_before_the_rollback_is_kept_for_the_operator() throws IOException {
        services.meddle("close");
        String key = Entries.newKey();
        assertThat(entries.write(key, Wish.ROLLBACK).status()).isEqualTo(200);

        entries.awaitAgreement(key, Set.of("CANCEL", "cancel", "complete"), LIMIT);
        assertConflict(key);
        assertThat(Files.readString(server.control().log()))
                .contains("HFRAR022", services.lra(key).toString());
    }

    @Test
    void a_strangers_close_before_the_commit_rolls_the_rest_back_and_is_kept_for_the_operator() {
        services.meddle("close");
        String key = Entries.newKey();
        Answer answer = entries.write(key, Wish.COMMIT);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(409);
        entries.awaitAgreement(key, Set.of("CANCEL", "cancel", "complete"), LIMIT);
        assertConflict(key);
    }

    /** The branch has failed, its LRA is named, and it stays until a person has looked at it. */
    private void assertConflict(String key) {
        try (AdapterBeans beans = server.beans()) {
            await("the operators' list").atMost(LIMIT).untilAsserted(() -> assertThat(beans.attribute("Heuristic"))
                    .isEqualTo(1));
            CompositeData branch = ((CompositeData[]) beans.attribute("HeuristicBranches"))[0];
            assertThat(branch.get("state")).isEqualTo("FAILED_TO_CANCEL");
            assertThat((String[]) branch.get("lras"))
                    .containsExactly(services.lra(key).toString());
            beans.invoke("resolve", (String) branch.get("xid"), "Ann", "The service has compensated by hand");
        }
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        try (AdapterBeans beans = server.beans()) {
            await("an empty list").atMost(LIMIT).untilAsserted(() -> {
                assertThat(beans.attribute("InDoubt")).isEqualTo(0);
                assertThat(beans.attribute("Undelivered")).isEqualTo(0);
                assertThat(beans.attribute("Heuristic")).isEqualTo(0);
            });
        }
    }
}
