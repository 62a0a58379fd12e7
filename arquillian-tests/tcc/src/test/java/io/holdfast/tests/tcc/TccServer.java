package io.holdfast.tests.tcc;

import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraProcess;
import io.holdfast.scenarios.server.PayaraResources;
import io.holdfast.scenarios.server.ServerControl;
import io.holdfast.scenarios.server.WildFlyHome;
import io.holdfast.scenarios.server.WildFlyPorts;
import io.holdfast.scenarios.server.WildFlyProcess;
import java.nio.file.Path;
import java.util.List;

/** Servers with the adapter and a database for the shop, started and ready to take it. */
final class TccServer {
    private static final Path ARCHIVES = Path.of(System.getProperty("holdfast.deployments"));

    private TccServer() {}

    static ServerControl wildFly() {
        WildFlyHome home = new WildFlyHome(Path.of(System.getProperty("holdfast.wildfly.home")));
        home.configure(ARCHIVES.resolve("holdfast.rar"));
        ServerControl server = new WildFlyProcess(home, WildFlyPorts.free(), List.of(), ARCHIVES);
        start(server);
        return server;
    }

    static ServerControl payara() {
        PayaraHome home = new PayaraHome(Path.of(System.getProperty("holdfast.payara.home")));
        home.configure();
        ServerControl server = new PayaraProcess(home, ARCHIVES);
        start(server);
        PayaraResources resources = new PayaraResources(home);
        resources.deployAdapter(ARCHIVES.resolve("holdfast.rar"));
        resources.createDatabase("bank");
        return server;
    }

    private static void start(ServerControl server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-server"));
        server.start();
    }
}
