package io.holdfast.lra.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ThreadContext;
import jakarta.xml.ws.ProtocolException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoapHandlersTest {
    private static final String ID = "http://127.0.0.1:8080/lra-coordinator/lra-coordinator/1";
    private static final Optional<ActiveLra> LRA = Optional.of(new ActiveLra(ID, Optional.empty()));

    private final FakeEnvelope message = new FakeEnvelope();
    private final LraSoapClientHandler client = new LraSoapClientHandler();
    private final LraSoapServerHandler server = new LraSoapServerHandler();

    @AfterEach
    void leave() {
        ThreadContext.enter(Optional.empty());
        System.clearProperty("holdfast.propagation.soap");
    }

    private void send(Optional<ActiveLra> lra) throws Exception {
        assertThat(ThreadContext.callIn(lra, () -> client.handleMessage(message.context(true))))
                .isTrue();
    }

    @Test
    void the_lra_of_the_caller_is_that_of_the_service_and_of_nobody_afterwards() throws Exception {
        send(LRA);
        assertThat(message.saved).isTrue();

        server.handleMessage(message.context(false));
        assertThat(ThreadContext.active()).isEqualTo(LRA);
        server.handleMessage(message.context(true));
        assertThat(ThreadContext.active()).isEqualTo(LRA);
        server.close(message.context(true));
        assertThat(ThreadContext.active()).isEmpty();
        assertThat(server.getHeaders()).containsExactly(LraSoapClientHandler.HEADER);
    }

    @Test
    void a_caller_without_an_lra_sends_none() throws Exception {
        send(Optional.empty());
        assertThat(message.header).isEmpty();

        ThreadContext.enter(LRA);
        server.handleMessage(message.context(false));
        assertThat(ThreadContext.active()).isEmpty();
    }

    @Test
    void the_answer_gets_no_header() {
        ThreadContext.enter(LRA);
        client.handleMessage(message.context(false));

        assertThat(message.header).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "http://h/x y", "ftp://h/lra-coordinator/1"})
    void what_is_no_id_is_a_fault(String text) {
        message.header.add(new FakeEnvelope.Element(LraSoapClientHandler.HEADER, text));

        assertThatThrownBy(() -> server.handleMessage(message.context(false))).isInstanceOf(ProtocolException.class);
        assertThat(ThreadContext.active()).isEmpty();
    }

    @Test
    void each_side_can_be_switched_off() throws Exception {
        System.setProperty("holdfast.propagation.soap", "false");
        send(LRA);
        assertThat(message.header).isEmpty();

        message.header.add(new FakeEnvelope.Element(LraSoapClientHandler.HEADER, ID));
        server.handleMessage(message.context(false));
        assertThat(ThreadContext.active()).isEmpty();
    }
}
