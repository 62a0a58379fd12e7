package io.holdfast.rar;

import static io.holdfast.rar.TestAdapter.xid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.work.Work;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldfastResourceAdapterTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final HoldfastResourceAdapter adapter = new HoldfastResourceAdapter();
    private Path directory;

    @BeforeEach
    void configure(@TempDir Path given) {
        directory = given;
        adapter.setLogDirectory(directory.toString());
        adapter.setCoordinatorUrl(coordinator.url() + "/");
    }

    @AfterEach
    void stop() {
        adapter.stop();
        coordinator.close();
    }

    @Test
    void a_directory_that_is_in_use_stops_the_deployment_and_is_named() throws ResourceException {
        adapter.start(new FakeServer(9));
        HoldfastResourceAdapter second = new HoldfastResourceAdapter();
        second.setLogDirectory(directory.toString());

        assertThatThrownBy(() -> second.start(new FakeServer(9)))
                .isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("in use");
    }

    @Test
    void a_directory_that_cannot_be_written_stops_the_deployment_and_is_named() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        adapter.setLogDirectory(file.resolve("log").toString());

        assertThatThrownBy(() -> adapter.start(new FakeServer(9)))
                .isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContaining(file.resolve("log").toString())
                .hasMessageContaining("cannot be");
    }

    @Test
    void it_starts_again_after_a_stop_and_recovers_through_any_xa_resource() throws ResourceException, XAException {
        adapter.start(new FakeServer(9));
        XAResource resource = adapter.getXAResources(null)[0];
        BranchXAResource branch = new BranchXAResource(adapter.branches());
        branch.start(xid(1), XAResource.TMNOFLAGS);
        adapter.branches().lra(branch.current().orElseThrow(), null);
        branch.end(xid(1), XAResource.TMSUCCESS);
        assertThat(resource.prepare(xid(1))).isEqualTo(XAResource.XA_OK);
        adapter.stop();
        adapter.start(new FakeServer(9));

        XAResource recovering = adapter.getXAResources(null)[0];

        assertThat(recovering.recover(XAResource.TMSTARTRSCAN)).containsExactly(xid(1));
        recovering.commit(xid(1), false);
        coordinator.awaitAll("Closed");
    }

    @Test
    void it_uses_the_servers_threads_and_makes_what_the_server_refuses() throws ResourceException, XAException {
        FakeServer server = new FakeServer(1);
        adapter.start(server);
        assertThat(server.works).hasSize(1);
        server.works.forEach(Work::release);

        XAResource recovering = adapter.getXAResources(null)[0];

        assertThat(recovering.recover(XAResource.TMSTARTRSCAN)).isEmpty();
    }

    @Test
    void endpoints_are_refused_and_deactivating_one_is_harmless() {
        assertThatThrownBy(() -> adapter.endpointActivation(null, null)).isInstanceOf(NotSupportedException.class);
        assertThatCode(() -> adapter.endpointDeactivation(null, null)).doesNotThrowAnyException();
    }

    @Test
    void adapters_are_equal_when_their_properties_are() {
        HoldfastResourceAdapter same = new HoldfastResourceAdapter();
        same.setLogDirectory(directory.toString());
        same.setCoordinatorUrl(coordinator.url() + "/");

        assertThat(same).isEqualTo(adapter).hasSameHashCodeAs(adapter);
        same.setHoldTimeoutMillis(1);
        assertThat(same).isNotEqualTo(adapter);
    }

    @Test
    void every_property_is_shown_as_it_is_in_effect() throws Exception {
        adapter.setHoldTimeoutMillis(1234);
        adapter.start(new FakeServer(9));

        Map<String, String> shown = adapter.branches().settings().inEffect();

        assertThat(shown.keySet()).isEqualTo(beanProperties(adapter).keySet());
        assertThat(shown).containsEntry("holdTimeoutMillis", "1234").containsEntry("coordinatorUrl", coordinator.url());
    }

    @Test
    void every_message_says_what_to_do_and_its_number_is_its_own() {
        List<String> ids =
                Arrays.stream(AdapterMessage.values()).map(AdapterMessage::id).toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("HFRAR\\d{3}"));
        assertThat(AdapterMessage.values())
                .allMatch(message -> !message.whatToDo().isBlank());
    }

    private static Map<String, String> beanProperties(Object bean) throws Exception {
        Map<String, String> found = new TreeMap<>();
        for (PropertyDescriptor property :
                Introspector.getBeanInfo(bean.getClass(), Object.class).getPropertyDescriptors()) {
            Object value = property.getReadMethod().invoke(bean);
            found.put(property.getName(), property.getPropertyType().getName() + " " + value);
        }
        return found;
    }
}
