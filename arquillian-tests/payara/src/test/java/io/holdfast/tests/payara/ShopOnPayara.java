package io.holdfast.tests.payara;

import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraProcess;
import io.holdfast.scenarios.shop.ShopClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A Payara with the shop, which runs over the server's own broker. */
final class ShopOnPayara {
    static final Path HOME = Path.of(System.getProperty("holdfast.server.home"));

    private ShopOnPayara() {}

    /**
     * Stopped again when it does not open.
     *
     * @param javaOptions for the server's JVM, beyond its own
     */
    static PayaraProcess open(List<String> javaOptions) {
        return open(javaOptions, home -> {});
    }

    /** @param administrator what else is set in the running server before its restart */
    static PayaraProcess open(List<String> javaOptions, Consumer<PayaraHome> administrator) {
        PayaraHome home = new PayaraHome(HOME);
        home.configure(javaOptions);
        PayaraProcess server = new PayaraProcess(home, Path.of(System.getProperty("holdfast.deployments")));
        try {
            open(server, () -> administrator.accept(home));
        } catch (RuntimeException e) {
            // Nobody else could, and the next class would reset the domain under it.
            stop(server, e);
            throw e;
        }
        return server;
    }

    private static void stop(PayaraProcess server, RuntimeException cause) {
        try {
            server.stop();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private static void open(PayaraProcess server, Runnable administration) {
        server.start();
        server.deploy("holdfast.rar");
        administration.run();
        // The script's settings for recovery and threads need it.
        server.stop();
        server.start();
        server.deploy("shop.war");
        await("the shop").atMost(Duration.ofMinutes(2)).until(() -> new ShopClient(server.root()).isUp());
    }
}
