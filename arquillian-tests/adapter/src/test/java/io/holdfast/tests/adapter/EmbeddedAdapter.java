package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.server.AdapterBeans;
import io.holdfast.tests.adapter.app.Wish;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The adapter inside the EAR of the application that uses it: configured by the EAR, recovered by the server, gone and back with the EAR. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
abstract class EmbeddedAdapter {
    private final Services services = new Services();
    private AdapterServer server;
    private Entries entries;
    private Halts halts;

    abstract AdapterServer server();

    /** What the application needs beside the adapter, on a running server. */
    abstract void prepare();

    @BeforeAll
    void open() {
        LedgerEar.makeIn(AdapterServer.ARCHIVES);
        server = server().with(AdapterServer.COORDINATOR, LedgerEar.NAME);
        entries = new Entries(() -> server.control().root(), services);
        halts = new Halts(server, entries);
        server.open(this::prepare);
    }

    @AfterAll
    void close() {
        server.control().stop();
        services.close();
    }

    @Test
    void the_archives_properties_hold() {
        try (AdapterBeans beans = server.beans()) {
            assertThat(beans.map("Properties")).containsEntry("statusRetentionSeconds", "600");
        }
    }

    @ParameterizedTest
    @EnumSource
    void all_agree(Wish wish) {
        assertAgreement(wish);
    }

    @ParameterizedTest
    @EnumSource(names = {"AFTER_DECISION", "BEFORE_RECOVERY_COMMITS", "BEFORE_DECISION"})
    void after_a_kill_all_agree_without_a_person(Kill kill) {
        halts.play(kill, Entries.newKey());
    }

    @Test
    void a_redeployed_ear_works_as_before() {
        server.control().undeploy(LedgerEar.NAME);
        server.control().deploy(LedgerEar.NAME);
        for (Wish wish : Wish.values()) {
            assertAgreement(wish);
        }
    }

    private void assertAgreement(Wish wish) {
        String key = Entries.newKey();
        Answer answer = entries.write(key, wish);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        entries.awaitAgreement(
                key, wish == Wish.COMMIT ? Entries.COMMITTED : Entries.ROLLED_BACK, Duration.ofSeconds(10));
    }
}
