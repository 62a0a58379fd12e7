package io.holdfast.scenarios.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.scenarios.JsonHttp;
import io.holdfast.scenarios.JsonHttp.Answer;
import io.holdfast.scenarios.Stage;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a call carries from one application to another, on whatever thread it is made; a server's test extends it. */
public abstract class ContextContract {
    /** The application that calls. */
    protected static final String CALLER = "caller";

    /** The application that is called. */
    protected static final String CALLED = "called";

    /** The application that offers a Dubbo service. */
    protected static final String HOTEL = "hotel";

    /** The application that calls it. */
    protected static final String AGENCY = "agency";

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final JsonHttp HTTP = new JsonHttp();

    /** Of the server, with a slash at its end. */
    protected abstract URI root();

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SOAP", "JMS"})
    void the_lra_of_a_method_goes_with_its_calls(Way way) {
        String[] lras = call("lra", way).split(" ", 2);

        assertThat(lras[0]).startsWith(coordinator());
        assertThat(lras[1]).isEqualTo(lras[0]);
        awaitCompleted(lras[0]);
    }

    @Test
    void the_lra_of_a_method_goes_with_calls_of_a_web_service() {
        String[] lras = call("lra", Way.SOAP).split(" ", 2);

        assertThat(lras[1]).isEqualTo(lras[0]);
        assertThat(call("global", Way.SOAP)).isEqualTo(Rooms.NO_LRA);
    }

    @Test
    void the_lra_of_a_method_goes_with_its_messages_and_their_receiver_takes_part() {
        // Where a participant's callbacks are reached is known from its application's first request on.
        send("GET", CALLED, "rooms");

        String[] lras = call("lra", Way.JMS).split(" ", 2);

        assertThat(lras[0]).startsWith(coordinator());
        assertThat(lras[1]).isEqualTo(lras[0]);
        awaitCompleted(lras[0]);
        assertThat(call("global", Way.JMS)).isEqualTo(Rooms.NO_LRA);
    }

    @ParameterizedTest
    @EnumSource(names = {"SYNCHRONOUS", "ASYNCHRONOUS", "REACTIVE", "MICROPROFILE", "MICROPROFILE_ASYNCHRONOUS"})
    void the_lra_of_a_global_transaction_goes_with_its_calls(Way way) {
        String lra = call("global", way);

        assertThat(lra).startsWith(coordinator());
        awaitCompleted(lra);
    }

    @Test
    void the_lra_of_a_method_goes_with_calls_of_a_dubbo_service_which_takes_part() {
        String hotel = "?hotel=" + send("GET", HOTEL, "hotel/address");

        String[] lras = send("POST", AGENCY, "agency" + hotel).split(" ", 2);

        assertThat(lras[0]).startsWith(coordinator());
        assertThat(lras[1]).isEqualTo(lras[0]);
        awaitTold("complete " + lras[0], HOTEL, "hotel");
        assertThat(send("POST", AGENCY, "agency/without" + hotel)).contains("HFPAR034");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SOAP", "JMS"})
    void the_lra_of_a_global_transaction_that_nests_goes_with_its_calls(Way way) {
        String[] lras = call("nested", way).split(" ", 2);

        assertThat(lras[1])
                .startsWith(coordinator())
                .endsWith("?ParentLRA=" + URLEncoder.encode(lras[0], StandardCharsets.UTF_8));
        awaitCompleted(lras[1]);
    }

    @Test
    void what_a_global_transaction_has_committed_is_compensated_when_the_lra_around_it_is_cancelled() {
        String[] lras = call("regretted", Way.SYNCHRONOUS).split(" ", 2);

        assertThat(lras[1]).contains("?ParentLRA=");
        awaitCompleted(lras[1]);
        awaitTold("compensate " + lras[1], CALLED, "rooms");
    }

    @ParameterizedTest
    @CsvSource({
        "http, SYNCHRONOUS",
        "http, ASYNCHRONOUS",
        "http, REACTIVE",
        "http, MICROPROFILE",
        "http, MICROPROFILE_ASYNCHRONOUS",
        "tasks, ASYNCHRONOUS",
        "tasks, REACTIVE",
        "tasks, MICROPROFILE_ASYNCHRONOUS",
        "tasks, TASK",
        "tasks, ASYNCHRONOUS_METHOD",
        "soap, SOAP",
        "jms, JMS"
    })
    void a_wire_that_is_switched_off_carries_no_lra(String wire, Way way) {
        switchedOff(wire, () -> assertThat(call("lra", way).split(" ", 2)[1]).isEqualTo(Rooms.NO_LRA));
    }

    @ParameterizedTest
    @EnumSource(names = {"SYNCHRONOUS", "ASYNCHRONOUS", "REACTIVE", "MICROPROFILE", "MICROPROFILE_ASYNCHRONOUS"})
    void a_global_transaction_goes_with_no_call_when_http_is_switched_off(Way way) {
        switchedOff("http", () -> assertThat(call("global", way)).isEqualTo(Rooms.NO_LRA));
    }

    @Test
    void a_dubbo_service_that_must_have_an_lra_refuses_when_dubbo_is_switched_off() {
        String hotel = "?hotel=" + send("GET", HOTEL, "hotel/address");

        switchedOff("dubbo", () -> assertThat(send("POST", AGENCY, "agency" + hotel))
                .contains("HFPAR034"));
    }

    /** Runs something while the server carries no LRA over that wire. */
    protected final void switchedOff(String wire, Runnable calls) {
        send("PUT", CALLER, "switches/" + wire + "/false");
        try {
            calls.run();
        } finally {
            send("PUT", CALLER, "switches/" + wire + "/true");
        }
    }

    private String call(String in, Way way) {
        return send("POST", CALLER, "calls/" + in + "/" + way + "?rooms=" + api(CALLED, "rooms"));
    }

    private void awaitCompleted(String lra) {
        awaitTold("complete " + lra, CALLED, "rooms");
    }

    /** Waits until an application tells at its path that it was told this. */
    protected final void awaitTold(String line, String application, String path) {
        await(line).atMost(LONGEST).until(() -> send("GET", application, path), told -> told.contains(line));
    }

    /** The body of the answer, which must be a success. */
    protected final String send(String method, String application, String path) {
        Answer answer = HTTP.send(method, api(application, path), Map.of(), "");
        assertThat(answer.isSuccess()).as(answer.toString()).isTrue();
        return answer.body();
    }

    private URI api(String application, String path) {
        return root().resolve(application + "/api/" + path);
    }

    private String coordinator() {
        return Stage.coordinatorBase(root()).toString();
    }
}
