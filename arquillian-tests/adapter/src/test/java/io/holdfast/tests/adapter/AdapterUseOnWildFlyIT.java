package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;

@NullUnmarked
class AdapterUseOnWildFlyIT extends AdapterUse {
    private static final String ARCHIVE_OF_THIRD = "third.rar";
    private static final String STATISTICS =
            "/subsystem=resource-adapters/resource-adapter=holdfast/connection-definitions=holdfast/statistics=pool";
    private static final Pattern RESULT = Pattern.compile("\"result\" => \"?(\\d+)");

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
    void switchStatisticsOn() {
        process.cli(STATISTICS + ":write-attribute(name=statistics-enabled, value=true)");
    }

    @Override
    long usedConnections() {
        String answer = process.cli(STATISTICS + ":read-attribute(name=XAStartCount)");
        Matcher count = RESULT.matcher(answer);
        assertThat(count.find()).as(answer).isTrue();
        return Long.parseLong(count.group(1));
    }

    /** The definition names the directory itself. */
    @Override
    void prepareDefinition() {}

    /** One more of the same archive, so that both have the same classes. */
    @Override
    void addSecondAdapter() {
        process.cli(adapter(SECOND, AdapterServer.ADAPTER, "second"));
        process.reload();
    }

    @Override
    void addAdapterInTheSameDirectory() {
        process.cli(adapter(THIRD, ARCHIVE_OF_THIRD, "adapter"));
        try {
            Files.copy(
                    AdapterServer.ARCHIVES.resolve(AdapterServer.ADAPTER),
                    AdapterServer.ARCHIVES.resolve(ARCHIVE_OF_THIRD),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process.deploy(ARCHIVE_OF_THIRD);
    }

    private static String[] adapter(String name, String archive, String directory) {
        String adapter = "/subsystem=resource-adapters/resource-adapter=" + name;
        return new String[] {
            adapter + ":add(archive=" + archive + ", transaction-support=XATransaction)",
            adapter + "/config-properties=logDirectory:add(value=\"${jboss.server.data.dir}/holdfast/" + directory
                    + "\")",
            adapter + "/config-properties=coordinatorUrl:add(value=\"${lra.coordinator.url}\")",
            adapter + "/connection-definitions=" + name
                    + ":add(class-name=io.holdfast.rar.HoldfastManagedConnectionFactory, jndi-name=java:/eis/" + name
                    + ", enabled=true, use-java-context=true)",
            adapter + "/connection-definitions=" + name + ":write-attribute(name=recovery-username, value=recovery)",
            adapter + "/connection-definitions=" + name + ":write-attribute(name=recovery-password, value=recovery)"
        };
    }
}
