package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.LogAudit;
import io.holdfast.scenarios.server.AdapterBeans;
import io.holdfast.tests.adapter.app.Wish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A server whose administrator has forgotten to switch recovery on, halted when a transaction was decided and no branch committed: the
 * branch stays in doubt, whatever is done to the adapter, until the command that the log tells is given.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@NullUnmarked
abstract class ForgottenRecovery {
    /** The adapter's recoveryPeriodSeconds. */
    static final int PERIOD_SECONDS = 5;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration THREE_PERIODS = Duration.ofSeconds(3 * PERIOD_SECONDS);
    private static final String START = "HFRAR001";
    private static final String WARNING = "HFRAR030";

    private final Services services = new Services();
    private final String key = Entries.newKey();
    private AdapterServer server;
    private Entries entries;
    private Halts halts;

    /** To be opened; it deploys the application. */
    abstract AdapterServer server();

    /** Deploys or configures the adapter with its period, and leaves recovery out. */
    abstract void forgetRecovery();

    abstract void flushPool();

    /** The adapter, and the application where the server does not do that itself. */
    abstract void redeploy();

    /** Gives the command that the warning tells, and starts the server again as it says. */
    abstract void mend(String warning);

    final Halts halts() {
        return halts;
    }

    @BeforeAll
    void open() {
        server = server();
        entries = new Entries(() -> server.control().root(), services);
        halts = new Halts(server, entries);
        server.open(this::forgetRecovery);
        halts.die(key, "decision.after", Wish.COMMIT);
        halts.restart();
    }

    @AfterAll
    void close() {
        server.control().stop();
        services.close();
    }

    @Test
    @Order(1)
    void a_branch_in_doubt_survives_a_flush_of_the_pool_and_a_redeployment_of_the_adapter() {
        String branch = inDoubt();
        use();

        flushPool();
        assertThat(inDoubt()).isEqualTo(branch);
        use();

        redeploy();
        assertThat(inDoubt()).isEqualTo(branch);
        use();
        assertThat(services.told(key)).isEmpty();
    }

    @Test
    @Order(2)
    void one_warning_tells_the_command_that_mends_it() {
        await("the warning").atMost(PATIENCE).until(() -> !warnings().isEmpty());
        await("no other").atMost(PATIENCE).during(THREE_PERIODS).untilAsserted(() -> assertThat(warnings())
                .hasSize(1));
        assertThat(inDoubt()).isNotEmpty();

        mend(warnings().get(0));

        entries.awaitAgreement(key, Entries.COMMITTED, halts.limit());
        try (AdapterBeans beans = server.beans()) {
            assertThat(beans.attribute("InDoubt")).isEqualTo(0);
        }
    }

    /** The Xid of the one branch that is in doubt. */
    private String inDoubt() {
        try (AdapterBeans beans = server.beans()) {
            CompositeData[] branches = (CompositeData[]) beans.attribute("InDoubtBranches");
            assertThat(branches).hasSize(1);
            return (String) branches[0].get("xid");
        }
    }

    /** Transactions of others go on. */
    private void use() {
        String another = Entries.newKey();
        assertThat(entries.write(another, Wish.COMMIT).status()).isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(services.told(another)).contains("confirm", "complete"));
    }

    /** Since the adapter's last start. */
    private List<String> warnings() {
        try (Stream<String> log = Files.lines(server.control().log())) {
            List<String> lines = log.toList();
            int start = lines.size() - 1;
            while (start > 0 && !lines.get(start).contains(START)) {
                start--;
            }
            return LogAudit.of(List.of()).unexpected(lines.stream().skip(start)).stream()
                    .filter(complaint -> complaint.contains(WARNING))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
