package io.holdfast.tests.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.server.AdapterBeans;
import io.holdfast.tests.adapter.app.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an application can do with the adapter, rightly and wrongly: services that end the LRA that they are called in, mistakes, connection
 * factories that the application defines, several adapters in one server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@NullUnmarked
abstract class AdapterUse {
    static final String SECOND = "second";
    static final String THIRD = "third";

    private static final Duration LIMIT = Duration.ofSeconds(42);
    /** For what might come late, or twice. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    /** Payara says that it has started, and goes on loading applications. */
    private static final Duration LOADING = Duration.ofMinutes(10);

    private static final String ROW = "row";

    private final JsonHttp http = new JsonHttp();
    private final Services services = new Services();
    private AdapterServer server;

    /** To be opened. */
    abstract AdapterServer server();

    /** Lets the server count what its pool of connections to the adapter does. */
    abstract void switchStatisticsOn();

    /** How often the server has used a connection in a transaction, as its own statistics tell. */
    abstract long usedConnections();

    /** What its administrator does before the application {@link UseArchives#DEFINED} comes. */
    abstract void prepareDefinition();

    /** Makes the adapter {@link #SECOND} beside the first, so that one application can use both. */
    abstract void addSecondAdapter();

    /** Deploys an adapter {@link #THIRD} with the directory of the first. */
    abstract void addAdapterInTheSameDirectory();

    @BeforeAll
    void open() {
        UseArchives.make();
        server = server().with(AdapterServer.ADAPTER, AdapterServer.COORDINATOR, UseArchives.USE);
        server.open();
    }

    @AfterAll
    void close() {
        server.control().stop();
        services.close();
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({
        "USED_AFTER_CLOSE, HFRAR008",
        "UNKNOWN_SCHEME, HFRAR053 The confirm address of a participant is ftp://127.0.0.1/confirm",
        "HOST_NOT_ALLOWED, HFRAR053 The cancel address of a participant is http://elsewhere.example/cancel",
        "NO_TIME, HFRAR012",
        "TOO_MUCH_DATA, HFRAR054",
        "UNKNOWN_PARTICIPANT, HFRAR052"
    })
    void a_mistake_is_named_and_its_transaction_commits(String mistake, String message) {
        assertNamedAndCommitted("mistakes/" + mistake, message);
    }

    @Test
    @Order(1)
    void a_connection_without_a_transaction_says_so_and_the_callers_transaction_commits() {
        assertNamedAndCommitted("outside", "HFRAR009");
    }

    /** A server that takes its connection back with the transaction leaves a closed one. */
    @Test
    @Order(1)
    void a_connection_whose_transaction_has_committed_says_so() {
        assertNamedAndCommitted("afterwards", "HFRAR008", "HFRAR009");
    }

    /** @param messages one of which the adapter's begins with */
    private void assertNamedAndCommitted(String mistake, String... messages) {
        String key = Entries.newKey();

        assertThat(door("POST", mistake + "?key=" + key + "&services=" + services.root()))
                .matches(said -> Stream.of(messages).anyMatch(said::startsWith), String.join(" or ", messages));

        awaitTold(key, Set.of("confirm"));
        assertThat(door("GET", "?key=" + key)).contains(ROW);
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({
        "own-transaction, COMMIT",
        "own-transaction, ROLLBACK",
        "annotated, COMMIT",
        "annotated, ROLLBACK",
        "timer, COMMIT",
        "timer, ROLLBACK",
        "message, COMMIT",
        "message, ROLLBACK"
    })
    void whoever_has_the_transaction_begun_all_parts_share_its_outcome(String caller, Wish wish) {
        String key = Entries.newKey();

        assertThat(door("POST", "callers/" + caller + "?key=" + key + "&wish=" + wish + "&services=" + services.root()))
                .isEqualTo("done");

        awaitTold(key, wish);
        assertThat(door("GET", "?key=" + key)).isEqualTo(wish == Wish.COMMIT ? ROW + "\n" : "");
    }

    @ParameterizedTest
    @Order(1)
    @EnumSource(Wish.class)
    void two_connections_in_one_transaction_share_its_branch(Wish wish) {
        String key = Entries.newKey();
        long before = started();

        assertThat(door("POST", "pair?key=" + key + "&wish=" + wish + "&services=" + services.root()))
                .isEqualTo("true");

        awaitTold(key, wish);
        assertThat(started()).isEqualTo(before + 1);
    }

    private long started() {
        try (AdapterBeans beans = server.beans()) {
            return (Long) beans.map("Counts").get("STARTED");
        }
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({
        "connection, COMMIT, complete",
        "connection, ROLLBACK, compensate",
        "global, COMMIT, complete",
        "global, ROLLBACK, compensate"
    })
    void a_service_that_ends_its_callers_lra_ends_nothing(String way, Wish wish, String told) {
        assertBooked(way, "plain", wish, List.of("book", told));
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource({"connection, COMMIT", "connection, ROLLBACK", "global, COMMIT", "global, ROLLBACK"})
    void a_service_in_a_nested_lra_that_it_ends_follows_its_callers_transaction(String way, Wish wish) {
        List<String> told =
                wish == Wish.COMMIT ? List.of("book", "complete") : List.of("book", "complete", "compensate");
        assertBooked(way, "nested", wish, told);
    }

    private void assertBooked(String way, String kind, Wish wish, List<String> told) {
        String key = Entries.newKey();
        String hotel = server.control().root() + UseArchives.root(UseArchives.USE) + "/api/hotel/" + kind;

        assertThat(door("POST", "guest/" + way + "?key=" + key + "&wish=" + wish + "&hotel=" + hotel))
                .as("of the LRA when the service has returned")
                .isEqualTo("Active");

        List<String> found = new ArrayList<>(wish == Wish.COMMIT ? List.of(ROW) : List.of());
        found.addAll(told);
        await().atMost(LIMIT).during(QUIET).untilAsserted(() -> assertThat(
                        door("GET", "?key=" + key).lines())
                .containsExactlyElementsOf(found));
    }

    @Test
    @Order(1)
    void the_server_counts_connections_and_the_adapter_branches() {
        switchStatisticsOn();
        // Payara tells nothing of a pool before its first use.
        assertNamedAndCommitted("mistakes/NO_TIME", "HFRAR012");
        long connections = usedConnections();
        try (AdapterBeans beans = server.beans()) {
            Map<String, Object> before = beans.map("Counts");

            assertNamedAndCommitted("mistakes/NO_TIME", "HFRAR012");

            assertThat(usedConnections()).isGreaterThan(connections);
            assertThat(beans.map("Counts"))
                    .containsEntry("STARTED", (Long) before.get("STARTED") + 1)
                    .containsEntry("PREPARED", (Long) before.get("PREPARED") + 1)
                    .containsEntry("COMMITTED", (Long) before.get("COMMITTED") + 1)
                    .containsEntry("ROLLED_BACK", before.get("ROLLED_BACK"));
        }
    }

    @Test
    @Order(2)
    void a_connection_factory_that_the_application_defines_takes_part() {
        prepareDefinition();
        assertDefined(UseArchives.DEFINED);
    }

    @Test
    @Order(2)
    void a_connection_factory_that_an_application_without_an_adapter_defines_takes_part() {
        assertDefined(UseArchives.DEFINED_ALONE);
    }

    private void assertDefined(String application) {
        server.control().deploy(application);

        assertUsed(application, Wish.COMMIT, "");
        assertUsed(application, Wish.ROLLBACK, "");

        server.control().undeploy(application);
    }

    @Test
    @Order(3)
    void two_adapters_of_one_server_are_two_participants_of_one_transaction() {
        addSecondAdapter();
        await("what was there before")
                .atMost(LOADING)
                .ignoreExceptionsInstanceOf(RuntimeException.class)
                .untilAsserted(() -> assertThat(door("GET", "?key=none")).isEmpty());
        server.control().deploy(UseArchives.SEVERAL);
        try (AdapterBeans beans = server.beans()) {
            assertThat(beans.nodes()).hasSize(2);
        }

        for (Wish wish : Wish.values()) {
            String key = assertUsed(UseArchives.SEVERAL, wish, "-first", "-second");
            assertThat(services.lra(key + "-first")).isNotEqualTo(services.lra(key + "-second"));
        }
    }

    @Test
    @Order(4)
    void an_adapter_in_the_directory_of_another_is_refused_and_the_log_names_that() throws IOException {
        Set<String> nodes;
        try (AdapterBeans beans = server.beans()) {
            nodes = beans.nodes();
        }

        assertThatThrownBy(this::addAdapterInTheSameDirectory).isInstanceOf(IllegalStateException.class);

        assertThat(Files.readString(server.control().log()).lines()).anySatisfy(line -> assertThat(line)
                .contains(
                        "HFRAR004",
                        "HFENG003",
                        "process " + server.process().get().pid())
                .containsAnyOf(nodes.toArray(String[]::new)));
        try (AdapterBeans beans = server.beans()) {
            assertThat(beans.nodes()).isEqualTo(nodes);
        }
        assertUsed(UseArchives.SEVERAL, Wish.COMMIT, "-first", "-second");
    }

    /**
     * One transaction of the application, and what became of the row and of everybody who took part.
     *
     * @param parts what each adapter's participants are called behind the key
     * @return the key
     */
    private String assertUsed(String application, Wish wish, String... parts) {
        String key = Entries.newKey();
        assertThat(send("POST", application, "use?key=" + key + "&wish=" + wish + "&services=" + services.root()))
                .isEqualTo("done");
        for (String part : parts) {
            awaitTold(key + part, wish);
        }
        assertThat(send("GET", application, "use?key=" + key)).isEqualTo(wish == Wish.COMMIT ? ROW : "no row");
        return key;
    }

    /** Of the participant and of the service that joined the LRA. */
    private void awaitTold(String key, Wish wish) {
        awaitTold(key, wish == Wish.COMMIT ? Set.of("confirm", "complete") : Set.of("cancel", "compensate"));
    }

    private void awaitTold(String key, Set<String> what) {
        await().atMost(LIMIT).during(QUIET).untilAsserted(() -> assertThat(Set.copyOf(services.told(key)))
                .isEqualTo(what));
    }

    private String door(String method, String call) {
        return send(method, UseArchives.USE, "api/door/" + call);
    }

    private String send(String method, String application, String call) {
        Answer answer = http.send(
                method,
                server.control().root().resolve("/" + UseArchives.root(application) + "/" + call),
                Map.of(),
                "");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.body();
    }
}
