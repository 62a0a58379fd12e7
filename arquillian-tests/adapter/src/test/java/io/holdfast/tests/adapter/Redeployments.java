package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.server.AdapterBeans;
import io.holdfast.tests.adapter.app.Wish;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Adapter and application are deployed again, used each time, and nothing of the earlier ones is left in the server's JVM. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
abstract class Redeployments {
    /** Softly reachable classes would look like a leak. */
    static final String NO_SOFT_REFERENCES = "-XX:SoftRefLRUPolicyMSPerMB=0";

    private static final int TIMES = 20;
    private static final Duration LIMIT = Duration.ofSeconds(42);
    private static final Duration COLLECTION = Duration.ofSeconds(4);
    /** Enumerations, whose constants live as long as the class: a line of the histogram for each class loader. */
    private static final List<String> OF_EACH_LOADER =
            List.of("io.holdfast.rar.AdapterMessage", "io.holdfast.tests.adapter.app.Wish");
    /** The one in use, and one that a cache of the server may still hold. */
    private static final int MOST_LOADERS = 2;

    private final Gateway gateway = new Gateway();
    private final Services services = new Services();
    private AdapterServer server;
    private Entries entries;

    abstract AdapterServer server(Gateway gateway);

    @BeforeAll
    void open() {
        server = server(gateway);
        gateway.leadTo(server.control().root());
        entries = new Entries(() -> server.control().root(), services);
        server.open();
    }

    @AfterAll
    void close() {
        server.control().stop();
        gateway.close();
        services.close();
    }

    @Test
    void twenty_redeployments_of_adapter_and_application_leave_no_class_loader_behind() {
        use();
        assertThat(OF_EACH_LOADER)
                .allSatisfy(type -> assertThat(loadersOf(type)).isEqualTo(1));

        for (int time = 0; time < TIMES; time++) {
            server.control().undeploy(AdapterServer.LEDGER);
            server.redeployAdapter().run();
            server.control().deploy(AdapterServer.LEDGER);
            use();
        }

        // What a first garbage collection has freed may end threads that hold the rest.
        await("few class loaders").atMost(LIMIT).pollInterval(COLLECTION).untilAsserted(() -> assertThat(OF_EACH_LOADER)
                .allSatisfy(type -> assertThat(loadersOf(type)).isBetween(1L, (long) MOST_LOADERS)));
    }

    private void use() {
        for (Wish wish : Wish.values()) {
            String key = Entries.newKey();
            assertThat(entries.write(key, wish).status()).isEqualTo(200);
            entries.awaitAgreement(key, wish == Wish.COMMIT ? Entries.COMMITTED : Entries.ROLLED_BACK, LIMIT);
        }
    }

    private long loadersOf(String type) {
        try (AdapterBeans beans = server.beans()) {
            long loaders = beans.classHistogram().stream()
                    .filter(line -> line.endsWith(" " + type))
                    .count();
            System.out.println(server.name() + ": " + loaders + " class loader(s) with " + type);
            return loaders;
        }
    }
}
