package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.CoordinatorClient;
import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.Stage;
import io.holdfast.scenarios.server.AdapterBeans;
import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.tests.adapter.app.Wish;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two WildFlys whose transaction managers have the same node identifier, as two with the default configuration have, beside each other;
 * both use the coordinator that is on one of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
class NeighboursIT {
    private static final String SAME = "-Dholdfast.node.identifier=same";
    private static final Duration DEATH = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofSeconds(42);
    private static final int CALLS_OF_TWO_PASSES = 4;
    /** Two passes take 24 s when the machine has nothing else to do. */
    private static final Duration TWO_PASSES = Duration.ofMinutes(3);

    private final Gateway gateway = new Gateway();
    private final Services services = new Services();
    private AdapterServer one;
    private AdapterServer other;
    private Entries ofOne;
    private Entries ofOther;
    private CoordinatorClient coordinator;

    @BeforeAll
    void open() {
        WildFlyHome home = AdapterServer.wildFlyHome();
        home.configure();
        other = AdapterServer.wildFly(home, AdapterServer.withCoordinator(gateway.root(), SAME));
        gateway.leadTo(other.control().root());
        other.open();
        WildFlyHome neighbour = home.neighbour();
        neighbour.configure();
        one = AdapterServer.wildFly(neighbour, AdapterServer.withCoordinator(gateway.root(), SAME))
                .with(AdapterServer.ADAPTER, AdapterServer.LEDGER);
        one.open();
        ofOne = new Entries(() -> one.control().root(), services);
        ofOther = new Entries(() -> other.control().root(), services);
        coordinator = new CoordinatorClient(new JsonHttp(), Stage.coordinatorBase(gateway.root()));
    }

    /** For the tests after one that has failed half-way. */
    @AfterEach
    void repair() {
        revive(other, ofOther);
        revive(one, ofOne);
    }

    private static void revive(AdapterServer server, Entries entries) {
        server.killSwitch().disarm();
        try {
            entries.found("");
        } catch (RuntimeException dead) {
            server.control().stop();
            server.control().start();
        }
    }

    @AfterAll
    void close() {
        one.control().stop();
        other.control().stop();
        gateway.close();
        services.close();
    }

    @Test
    void each_has_a_node_id_of_its_own() {
        try (AdapterBeans beans = one.beans();
                AdapterBeans others = other.beans()) {
            assertThat(beans.nodes()).hasSize(1).doesNotContainAnyElementsOf(others.nodes());
        }
    }

    @Test
    void a_branch_that_is_to_commit_is_left_alone_by_the_neighbour_until_its_own_server_is_back() {
        String key = inDoubt("decision.after");

        assertLeftAlone(key);
        String theirs = Entries.newKey();
        assertThat(ofOther.write(theirs, Wish.COMMIT).status()).isEqualTo(200);
        ofOther.awaitAgreement(theirs, Entries.COMMITTED, LIMIT);
        assertLeftAlone(key);

        one.control().start();
        ofOne.awaitAgreement(key, Entries.COMMITTED, LIMIT);
    }

    @Test
    void a_branch_that_is_to_roll_back_is_left_alone_by_a_neighbour_that_crashes_and_recovers() {
        String key = inDoubt("prepare.after");
        other.killSwitch().armAt("decision.after");
        String theirs = Entries.newKey();
        assertThatThrownBy(() -> ofOther.write(theirs, Wish.COMMIT)).isInstanceOf(UncheckedIOException.class);
        other.control().awaitDeath(DEATH);
        other.control().start();
        ofOther.awaitAgreement(theirs, Entries.COMMITTED, LIMIT);

        assertLeftAlone(key);
        one.control().start();
        ofOne.awaitAgreement(key, Entries.ROLLED_BACK, LIMIT);
    }

    /** Halts the one's server with a prepared branch. */
    private String inDoubt(String point) {
        String key = Entries.newKey();
        one.killSwitch().armAt(point);
        assertThatThrownBy(() -> ofOne.write(key, Wish.COMMIT)).isInstanceOf(UncheckedIOException.class);
        one.control().awaitDeath(DEATH);
        return key;
    }

    /** Also by two passes of the other's recovery. */
    private void assertLeftAlone(String key) {
        try (AdapterBeans beans = other.beans()) {
            long before = recoverCalls(beans);
            await("two passes of recovery")
                    .atMost(TWO_PASSES)
                    .until(() -> recoverCalls(beans) - before >= CALLS_OF_TWO_PASSES);
            assertThat(beans.attribute("InDoubt")).isEqualTo(0);
        }
        assertThat(services.told(key)).isEmpty();
        assertThat(coordinator.status(services.lra(key)).body()).isEqualTo("Active");
    }

    private static long recoverCalls(AdapterBeans beans) {
        return (Long) beans.map("Counts").get("RECOVER_CALLS");
    }
}
