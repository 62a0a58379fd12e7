package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraResources;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;

@NullUnmarked
class AdapterUseOnPayaraIT extends AdapterUse {
    private static final Path RAR = AdapterServer.ARCHIVES.resolve(AdapterServer.ADAPTER);

    private static final Pattern COUNT = Pattern.compile("numconnacquired-count = (\\d+)");

    private final PayaraHome home = AdapterServer.payaraHome();
    private final PayaraResources resources = new PayaraResources(home);

    @Override
    AdapterServer server() {
        return AdapterServer.payara(home);
    }

    @Override
    void switchStatisticsOn() {
        home.asadmin(
                "set",
                "configs.config.server-config.monitoring-service.module-monitoring-levels"
                        + ".connector-connection-pool=HIGH");
    }

    @Override
    long usedConnections() {
        String answer = home.asadmin("get", "-m", "server.resources.holdfastPool.*");
        Matcher count = COUNT.matcher(answer);
        assertThat(count.find()).as(answer).isTrue();
        return Long.parseLong(count.group(1));
    }

    @Override
    void prepareDefinition() {
        resources.configureAdapterIn("defined", "defined#holdfast");
    }

    /** Each archive has its own copy of the API; one in the domain's library comes first for all. */
    @Override
    void addSecondAdapter() {
        home.asadmin(
                "add-library",
                "--type",
                "common",
                AdapterServer.ARCHIVES.resolve("holdfast-api.jar").toString());
        home.stop();
        home.start();
        resources.deployAdapter(SECOND, "second", RAR);
    }

    @Override
    void addAdapterInTheSameDirectory() {
        resources.deployAdapter(THIRD, "adapter", RAR);
    }
}
