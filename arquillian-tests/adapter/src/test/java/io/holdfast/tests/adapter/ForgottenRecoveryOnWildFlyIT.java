package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.server.AdapterBeans;
import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyProcess;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@NullUnmarked
class ForgottenRecoveryOnWildFlyIT extends ForgottenRecovery {
    private static final String DEFINITION =
            "/subsystem=resource-adapters/resource-adapter=holdfast/connection-definitions=holdfast";
    private static final Pattern COMMAND =
            Pattern.compile("WildFly: (/subsystem=\\S+\\)), the same with recovery-password, then :reload\\.");

    /** Operators decide these. */
    private final String committed = Entries.newKey();

    private final String rolledBack = Entries.newKey();
    private WildFlyProcess process;

    @Override
    AdapterServer server() {
        WildFlyHome home = AdapterServer.wildFlyHome();
        home.configure();
        AdapterServer server = AdapterServer.wildFly(home);
        process = (WildFlyProcess) server.control();
        return server;
    }

    @Override
    Kill kill() {
        return Kill.AFTER_DECISION;
    }

    @Override
    void forgetRecovery() {
        process.cli(
                DEFINITION + ":undefine-attribute(name=recovery-username)",
                DEFINITION + ":undefine-attribute(name=recovery-password)");
        process.setAdapterProperties(Map.of("recoveryPeriodSeconds", Integer.toString(PERIOD_SECONDS)));
    }

    @Override
    void flushPool() {
        process.cli(DEFINITION + ":flush-all-connection-in-pool");
    }

    /** WildFly redeploys the application with it. */
    @Override
    void redeploy() {
        process.deploy(AdapterServer.ADAPTER);
    }

    @Override
    void mend(String warning) {
        Matcher told = COMMAND.matcher(warning);
        assertThat(told.find()).as(warning).isTrue();
        String userName = told.group(1).replace("NAME", "holdfast").replace("DEFINITION", "holdfast");
        process.cli(userName, userName.replace("recovery-username", "recovery-password"));
        process.reload();
    }

    @Override
    List<String> others() {
        return List.of(committed, rolledBack);
    }

    @Test
    @Order(2)
    void an_operator_decides_what_is_in_doubt() {
        decide(committed, true);
        decide(rolledBack, false);

        assertThat(inDoubt()).hasSize(1);
    }

    /** The manager's decision was to commit. It never asks to forget what was rolled back. */
    @Override
    void assertOthersRecovered() {
        halts().entries().awaitAgreement(committed, kill().outcome(), halts().limit());
        try (AdapterBeans beans = halts().server().beans()) {
            await("the manager's commit of the other").atMost(halts().limit()).untilAsserted(() -> assertThat(
                            (Long) beans.map("Counts").get("HEURISTIC"))
                    .isPositive());
            assertThat(beans.attribute("Heuristic")).isEqualTo(1);

            beans.invoke("forgetHeuristic", xid(beans, rolledBack), "Ann", "the books are put right");

            assertThat(beans.attribute("Heuristic")).isEqualTo(0);
        }
    }
}
