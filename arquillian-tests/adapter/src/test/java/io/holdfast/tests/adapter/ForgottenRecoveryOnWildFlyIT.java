package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyProcess;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;

@NullUnmarked
class ForgottenRecoveryOnWildFlyIT extends ForgottenRecovery {
    private static final String DEFINITION =
            "/subsystem=resource-adapters/resource-adapter=holdfast/connection-definitions=holdfast";
    private static final Pattern COMMAND =
            Pattern.compile("WildFly: (/subsystem=\\S+\\)), the same with recovery-password, then :reload\\.");

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
    boolean bearsHeuristicOutcomes() {
        return true;
    }
}
