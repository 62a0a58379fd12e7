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
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
 * A server whose administrator has forgotten to switch recovery on, halted when every branch of a transaction is prepared: the adapter's
 * stays in doubt, whatever is done to the adapter, until the command that the log tells is given.
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

    /** Where the server is halted, with a branch that is then in doubt. */
    abstract Kill kill();

    /** Deploys or configures the adapter with its period, and leaves recovery out. */
    abstract void forgetRecovery();

    abstract void flushPool();

    /** The adapter, and the application where the server does not do that itself. */
    abstract void redeploy();

    /** Further transactions that the server is halted in, one after the other. */
    List<String> others() {
        return List.of();
    }

    /** What is to be seen of those when recovery has been switched on. */
    void assertOthersRecovered() {
        assertThat(others()).isEmpty();
    }

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
        die(key);
        others().forEach(this::die);
    }

    private void die(String in) {
        halts.die(in, kill().first(), kill().wish());
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
        Set<String> branches = inDoubt();
        assertThat(branches).hasSize(1 + others().size());
        use();

        flushPool();
        assertThat(inDoubt()).isEqualTo(branches);
        use();

        redeploy();
        assertThat(inDoubt()).isEqualTo(branches);
        use();
        assertThat(services.told(key)).isEmpty();
    }

    /** In the transaction manager's place. */
    final void decide(String decided, boolean commit) {
        try (AdapterBeans beans = server.beans()) {
            beans.invoke(
                    commit ? "commitInDoubt" : "rollbackInDoubt", xid(beans, decided), "Ann", "nobody recovers it");
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Set.copyOf(services.told(decided)))
                .isEqualTo(commit ? Set.of("confirm", "complete") : Set.of("cancel", "compensate")));
    }

    final String xid(AdapterBeans beans, String of) {
        CompositeData branch = (CompositeData)
                Objects.requireNonNull(beans.invoke("find", services.lra(of).toString()));
        return (String) branch.get("xid");
    }

    @Test
    @Order(3)
    void one_warning_tells_the_command_that_mends_it() {
        await("the warning").atMost(PATIENCE).until(() -> !warnings().isEmpty());
        await("no other").atMost(PATIENCE).during(THREE_PERIODS).untilAsserted(() -> assertThat(warnings())
                .hasSize(1));
        assertThat(inDoubt()).hasSize(1);

        mend(warnings().get(0));

        assertOthersRecovered();
        entries.awaitAgreement(key, kill().outcome(), halts.limit());
        try (AdapterBeans beans = server.beans()) {
            assertThat(beans.attribute("InDoubt")).isEqualTo(0);
        }
    }

    /** The Xids of the branches that are in doubt. */
    final Set<String> inDoubt() {
        try (AdapterBeans beans = server.beans()) {
            return Stream.of((CompositeData[]) beans.attribute("InDoubtBranches"))
                    .map(branch -> (String) branch.get("xid"))
                    .collect(Collectors.toSet());
        }
    }

    /** Transactions of others go on. */
    void use() {
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
