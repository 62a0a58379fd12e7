package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.server.AdapterBeans;
import io.holdfast.scenarios.server.AdapterProperty;
import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraResources;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The adapter as an administrator of Payara has it: its properties by asadmin, while the server runs and over its restart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
class AdministrationOnPayaraIT {
    /** Payara answers asadmin first and starts the adapter again afterwards. */
    private static final Duration RESTARTED = Duration.ofSeconds(60);

    private final PayaraHome payara = AdapterServer.payaraHome();
    private final PayaraResources resources = new PayaraResources(payara);
    private Map<String, String> usual;
    private Map<String, Object> usuallyInEffect;

    @BeforeAll
    void start() {
        payara.configure();
        payara.start();
        resources.deployAdapter(AdapterServer.ARCHIVES.resolve(AdapterServer.ADAPTER));
        usual = resources.adapterProperties();
        usuallyInEffect = inEffect();
    }

    @AfterAll
    void stop() {
        payara.stop();
    }

    @BeforeEach
    void the_adapter_has_its_usual_properties() {
        assertThat(resources.adapterProperties()).isEqualTo(usual);
        awaitInEffect(usuallyInEffect);
    }

    @AfterEach
    void putBack() {
        Set<String> changed = resources.adapterProperties().entrySet().stream()
                .filter(property -> !property.getValue().equals(usual.get(property.getKey())))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (!changed.isEmpty()) {
            takeBack(changed);
        }
    }

    @Test
    void every_property_that_is_set_by_asadmin_is_read_back_and_in_effect_at_once_and_after_a_restart() {
        List<AdapterProperty> properties = AdapterProperty.all(payara.data().resolve("other"));
        Map<String, String> values = AdapterProperty.values(properties);
        assertThat(usuallyInEffect).containsOnlyKeys(values.keySet());
        assertThat(usuallyInEffect.entrySet())
                .doesNotContainAnyElementsOf(
                        AdapterProperty.inEffect(properties).entrySet());

        resources.setAdapterProperties(values);

        assertThat(resources.adapterProperties()).isEqualTo(values);
        awaitInEffect(AdapterProperty.inEffect(properties));
        restart();
        assertThat(resources.adapterProperties()).isEqualTo(values);
        awaitInEffect(AdapterProperty.inEffect(properties));
        resources.pingAdapter();
    }

    @Test
    void a_changed_property_leaves_the_adapter_its_node_id_and_its_connections() {
        Set<String> node = nodes();

        resources.setAdapterProperties(Map.of("statusRetentionSeconds", "600"));

        awaitInEffect(with("statusRetentionSeconds", "600"));
        assertThat(nodes()).isEqualTo(node).hasSize(1);
        resources.pingAdapter();
    }

    static List<AdapterProperty.Bad> badValues() {
        return AdapterProperty.BAD;
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void a_bad_value_is_named_in_the_log_and_the_adapter_works_on_when_it_is_mended_and_the_domain_restarted(
            AdapterProperty.Bad bad) throws IOException {
        Set<String> node = nodes();
        assertThat(Files.readString(payara.log())).doesNotContain(bad.complaint());

        resources.setAdapterProperties(Map.of(bad.name(), bad.value()));

        await().atMost(RESTARTED)
                .untilAsserted(() -> assertThat(Files.readString(payara.log())).contains(bad.complaint()));
        assertThat(nodes()).isEmpty();
        takeBack(Set.of(bad.name()));
        awaitInEffect(usuallyInEffect);
        assertThat(nodes()).isEqualTo(node).hasSize(1);
        resources.pingAdapter();
    }

    /** Payara notes that a property is gone, and starts no adapter again for that. */
    private void takeBack(Set<String> names) {
        resources.setAdapterProperties(
                names.stream().collect(Collectors.toMap(name -> name, name -> usual.getOrDefault(name, ""))));
        restart();
    }

    private Map<String, Object> with(String name, String value) {
        Map<String, Object> changed = new HashMap<>(usuallyInEffect);
        changed.put(name, value);
        return changed;
    }

    private void restart() {
        payara.stop();
        payara.start();
    }

    private void awaitInEffect(Map<String, Object> properties) {
        await().atMost(RESTARTED).ignoreExceptions().untilAsserted(() -> assertThat(inEffect())
                .isEqualTo(properties));
    }

    private Map<String, Object> inEffect() {
        try (AdapterBeans beans = beans()) {
            return beans.map("Properties");
        }
    }

    private Set<String> nodes() {
        try (AdapterBeans beans = beans()) {
            return beans.nodes();
        }
    }

    private AdapterBeans beans() {
        return AdapterBeans.of(payara.process().orElseThrow());
    }
}
