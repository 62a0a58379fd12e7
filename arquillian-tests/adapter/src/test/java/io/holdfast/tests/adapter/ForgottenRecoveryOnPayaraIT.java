package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraProcess;
import io.holdfast.scenarios.server.PayaraResources;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;

/** Of one crash: after several without recovery the database's branches stay in doubt, see docs/servers.md. */
@NullUnmarked
class ForgottenRecoveryOnPayaraIT extends ForgottenRecovery {
    private static final Path RAR = AdapterServer.ARCHIVES.resolve(AdapterServer.ADAPTER);
    private static final Pattern COMMAND =
            Pattern.compile("Payara: asadmin (set) (\\S+=true), then restart the domain");

    private final PayaraHome home = AdapterServer.payaraHome();
    private PayaraProcess process;

    @Override
    AdapterServer server() {
        AdapterServer server = AdapterServer.payara(home).with(AdapterServer.COORDINATOR, AdapterServer.LEDGER);
        process = (PayaraProcess) server.control();
        return server;
    }

    /** Payara loses a decision when it starts without recovery and is used, see docs/servers.md, so there is none. */
    @Override
    Kill kill() {
        return Kill.AFTER_PREPARE;
    }

    @Override
    void forgetRecovery() {
        home.asadmin("set", "configs.config.server-config.transaction-service.automatic-recovery=false");
        PayaraResources resources = new PayaraResources(home);
        resources.deployAdapter(RAR, "recoveryPeriodSeconds=" + PERIOD_SECONDS);
        resources.createDatabase("bank");
        resources.createDatabase("account");
    }

    @Override
    void flushPool() {
        home.asadmin("flush-connection-pool", "holdfastPool");
    }

    /** The application keeps the classes of the adapter that it was deployed with. */
    @Override
    void redeploy() {
        process.redeployAdapter();
        process.deploy(AdapterServer.LEDGER);
    }

    @Override
    void mend(String warning) {
        Matcher told = COMMAND.matcher(warning);
        assertThat(told.find()).as(warning).isTrue();
        home.asadmin(told.group(1), told.group(2));
        home.stop();
        halts().restart();
    }
}
