package io.holdfast.tests.payara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.LogAudit;
import io.holdfast.scenarios.Stage;
import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraProcess;
import io.holdfast.scenarios.server.PayaraResources;
import io.holdfast.tests.payara.filters.Rooms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code holdfast-lra} in the lib directory of an EAR, {@code holdfast-interceptors} in its WAR, and every kind of client. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@NullUnmarked
class EarLibrariesIT {
    private static final Path ARCHIVES = Path.of(System.getProperty("holdfast.deployments"));
    private static final String EAR = "libraries.ear";
    private static final String LRA_HEADER = "Long-Running-Action";
    private static final JsonHttp HTTP = new JsonHttp();

    private static PayaraProcess server;
    private static HttpServer echo;

    @BeforeAll
    static void open() throws IOException {
        echo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        echo.createContext("/echo", EarLibrariesIT::answer);
        echo.start();
        ear().as(ZipExporter.class).exportTo(ARCHIVES.resolve(EAR).toFile(), true);
        PayaraHome home = new PayaraHome(Path.of(System.getProperty("holdfast.server.home")));
        home.configure();
        server = new PayaraProcess(home, ARCHIVES);
        server.start();
        server.deploy("lra-coordinator.war");
        new PayaraResources(home).deployAdapter(ARCHIVES.resolve("holdfast.rar"));
        server.deploy(EAR);
    }

    /** Payara reads MicroProfile properties of an EAR in its libraries, and none of its WARs'. */
    private static EnterpriseArchive ear() {
        return ShrinkWrap.create(EnterpriseArchive.class, EAR)
                .addAsLibraries(ARCHIVES.resolve("holdfast-lra.jar").toFile())
                .addAsLibraries(ShrinkWrap.create(JavaArchive.class, "settings.jar")
                        .addAsResource(
                                new StringAsset("echo/mp-rest/url=" + service()),
                                "META-INF/microprofile-config.properties"))
                .addAsModule(ShrinkWrap.create(WebArchive.class, "libraries.war")
                        .addPackage(Rooms.class.getPackage())
                        .addAsLibraries(
                                ARCHIVES.resolve("holdfast-interceptors.jar").toFile())
                        .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                        .addAsWebInfResource("libraries/web.xml", "web.xml")
                        .addAsWebInfResource("libraries/glassfish-web.xml", "glassfish-web.xml"));
    }

    private static URI service() {
        return URI.create("http://127.0.0.1:" + echo.getAddress().getPort());
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String lra = Optional.ofNullable(exchange.getRequestHeaders().getFirst(LRA_HEADER))
                    .orElse("no LRA");
            byte[] body = lra.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.stop();
        }
        echo.stop(0);
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"jakarta", "built", "injected"})
    void the_lra_of_a_method_goes_with_the_calls_of_every_client(String client) {
        String[] lras = post("calls/lra/" + client, Map.of()).split(" ", 2);

        assertThat(lras[0]).startsWith(coordinator());
        assertThat(lras[1]).isEqualTo(lras[0]);
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"jakarta", "built", "injected"})
    void the_lra_of_a_global_transaction_goes_with_the_calls_of_every_client(String client) {
        assertThat(post("calls/global/" + client, Map.of())).startsWith(coordinator());
    }

    @Test
    @Order(1)
    void a_global_transaction_under_an_lra_is_refused() {
        assertThat(post("calls/global/jakarta", Map.of(LRA_HEADER, start()))).contains("HFINT002");
    }

    @Test
    @Order(1)
    void a_resource_of_a_war_takes_part_and_is_told_by_its_plain_callbacks() {
        String closed = start();
        String cancelled = start();

        assertThat(send("PUT", api("rooms"), Map.of(LRA_HEADER, closed))).isEqualTo(closed);
        assertThat(send("PUT", api("rooms"), Map.of(LRA_HEADER, cancelled))).isEqualTo(cancelled);
        send("PUT", URI.create(closed + "/close"), Map.of());
        send("PUT", URI.create(cancelled + "/cancel"), Map.of());

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(send("GET", api("rooms"), Map.of()))
                .contains("complete " + closed, "compensate " + cancelled));
    }

    @Test
    @Order(2)
    void the_log_holds_no_warning_or_error_that_is_not_explained() {
        assertThat(LogAudit.withCommittedList().unexpected(server.log())).isEmpty();
    }

    private static String start() {
        return send("POST", URI.create(coordinator() + "/start"), Map.of());
    }

    private static String post(String call, Map<String, String> headers) {
        return send("POST", api(call + "?service=" + service()), headers);
    }

    private static String send(String method, URI uri, Map<String, String> headers) {
        Answer answer = HTTP.send(method, uri, headers, "");
        assertThat(answer.isSuccess()).as(answer.toString()).isTrue();
        return answer.body();
    }

    private static URI api(String path) {
        return server.root().resolve("/libraries/api/" + path);
    }

    private static String coordinator() {
        return Stage.coordinatorBase(server.root()).toString();
    }
}
