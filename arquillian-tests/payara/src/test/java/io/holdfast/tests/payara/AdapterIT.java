package io.holdfast.tests.payara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.Stage;
import io.holdfast.scenarios.server.AdapterBeans;
import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraResources;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.management.openmbean.CompositeData;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The adapter and the coordinator that run on WildFly, unchanged on Payara: one outcome for a row and an LRA. */
@ExtendWith(AdapterIT.Closing.class)
@ArquillianTest
@RunAsClient
@NullUnmarked
class AdapterIT {
    private static final String PAYARA = "payara";
    private static final String TEST_WAR = "rows.war";
    private static final Path ARCHIVES = Path.of(System.getProperty("holdfast.deployments"));

    private static PayaraHome payara;
    private static Participant participant;
    private static final JsonHttp HTTP = new JsonHttp();

    @ArquillianResource
    private ContainerController controller;

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = TEST_WAR, managed = false, testable = false)
    @TargetsContainer(PAYARA)
    static WebArchive application() {
        return ShrinkWrap.create(WebArchive.class, TEST_WAR).addClasses(RowService.class, RowServlet.class);
    }

    @BeforeEach
    void open() throws IOException {
        if (payara != null) {
            return;
        }
        payara = new PayaraHome(Path.of(System.getProperty("holdfast.server.home")));
        payara.configure();
        participant = new Participant();
        payara.start();
        controller.start(PAYARA, Map.of("adminPort", Integer.toString(payara.adminPort())));
        configureAdapter();
        deployer.deploy(TEST_WAR);
    }

    @Test
    void a_commit_keeps_the_row_and_completes_the_participant_once() {
        String id = UUID.randomUUID().toString();
        String lra = insert(id, true);
        assertThat(exists(id)).isTrue();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(participant.callbacksOf(lra)).isNotEmpty());
        HTTP.get(URI.create(Stage.coordinatorBase(payara.root()) + "/recovery"));
        assertThat(participant.callbacksOf(lra)).containsExactly("complete");
    }

    @Test
    void a_rollback_leaves_no_row_and_compensates_the_participant() {
        String id = UUID.randomUUID().toString();
        String lra = insert(id, false);
        assertThat(exists(id)).isFalse();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(participant.callbacksOf(lra)).isNotEmpty());
        HTTP.get(URI.create(Stage.coordinatorBase(payara.root()) + "/recovery"));
        assertThat(participant.callbacksOf(lra)).containsExactly("compensate");
    }

    @Test
    void its_properties_statistics_and_operations_are_at_hand() {
        String id = UUID.randomUUID().toString();
        String lra = insert(id, true);

        assertThat(payara.asadmin("get", "resources.resource-adapter-config.holdfast.property.statusRetentionSeconds"))
                .contains("statusRetentionSeconds=600");
        try (AdapterBeans beans = AdapterBeans.of(payara.process().orElseThrow())) {
            assertThat(beans.map("Properties")).containsEntry("statusRetentionSeconds", "600");
            assertThat(beans.map("Counts")).hasEntrySatisfying("LRAS_STARTED", started -> assertThat((Long) started)
                    .isPositive());
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(beans.invoke("find", lra))
                    .isInstanceOfSatisfying(CompositeData.class, branch -> assertThat(branch.get("state"))
                            .isEqualTo("CONFIRMED")));
            assertThat(beans.attribute("InDoubt")).isEqualTo(0);
            beans.invoke("retryNow");
            assertThatThrownBy(() -> beans.invoke("commitInDoubt", "1:00:00", "Ann", "why"))
                    .hasMessageContaining("HFRAR034");
        }
    }

    private static void configureAdapter() {
        payara.asadmin(
                "deploy",
                "--name",
                "lra-coordinator",
                "--contextroot",
                "lra-coordinator",
                ARCHIVES.resolve("lra-coordinator.war").toString());
        PayaraResources resources = new PayaraResources(payara);
        resources.deployAdapter(ARCHIVES.resolve("holdfast.rar"), "statusRetentionSeconds=600");
        resources.createDatabase("bank");
    }

    private static String insert(String id, boolean commits) {
        Answer answer = HTTP.send(
                "POST", rows("?id=" + id + "&commits=" + commits + "&participant=" + participant.work()), Map.of(), "");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body();
    }

    private static boolean exists(String id) {
        return Boolean.parseBoolean(HTTP.get(rows("?id=" + id)).body());
    }

    private static URI rows(String query) {
        return payara.root().resolve("/rows/rows" + query);
    }

    /** Registered before Arquillian, so that its turn comes after Arquillian has undeployed. */
    static final class Closing implements AfterAllCallback {
        @Override
        public void afterAll(ExtensionContext context) {
            participant.close();
            payara.stop();
        }
    }
}
