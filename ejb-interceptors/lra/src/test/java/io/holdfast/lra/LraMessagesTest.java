package io.holdfast.lra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.lra.runtime.ActiveLra;
import io.holdfast.lra.runtime.ThreadContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LraMessagesTest {
    private static final String LRA = "http://127.0.0.1:8080/lra-coordinator/lra-coordinator/0a1b";
    private static final String SWITCH = "holdfast.propagation.jms";

    private final Map<String, Object> properties = new HashMap<>();
    private final Message message = (Message) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Message.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "setStringProperty" -> properties.put((String) arguments[0], arguments[1]);
                case "getStringProperty" -> properties.get((String) arguments[0]);
                default -> throw new UnsupportedOperationException(method.getName());
            });

    @AfterEach
    void leave() {
        ThreadContext.enter(Optional.empty());
        System.clearProperty(SWITCH);
    }

    @Test
    void the_thread_s_lra_goes_with_the_message_and_the_receiver_works_in_it() throws Exception {
        ThreadContext.enter(Optional.of(new ActiveLra(LRA, Optional.empty())));
        assertThat(LraMessages.put(message)).isTrue();
        ThreadContext.enter(Optional.empty());

        assertThat(properties).containsExactly(Map.entry("Long_Running_Action", LRA));
        assertThat(LraMessages.lra(message)).hasToString("Optional[" + LRA + "]");
        assertThat(LraMessages.callIn(message, () -> ThreadContext.active().map(ActiveLra::id)))
                .contains(LRA);
        assertThat(ThreadContext.active()).isEmpty();
    }

    @Test
    void a_thread_in_no_lra_puts_nothing_and_a_receiver_of_nothing_is_in_none() throws Exception {
        assertThat(LraMessages.put(message)).isFalse();
        assertThat(properties).isEmpty();
        ThreadContext.enter(Optional.of(new ActiveLra(LRA, Optional.empty())));
        assertThat(LraMessages.callIn(message, ThreadContext::active)).isEmpty();
        assertThat(ThreadContext.active()).isPresent();
    }

    @Test
    void it_can_be_switched_off_at_either_side() throws Exception {
        ThreadContext.enter(Optional.of(new ActiveLra(LRA, Optional.empty())));
        System.setProperty(SWITCH, "false");
        assertThat(LraMessages.put(message)).isFalse();
        assertThat(properties).isEmpty();

        System.setProperty(SWITCH, "true");
        assertThat(LraMessages.put(message)).isTrue();
        System.setProperty(SWITCH, "FALSE");
        assertThat(LraMessages.lra(message)).isEmpty();
        assertThat(LraMessages.callIn(message, ThreadContext::active)).isEmpty();
        properties.put(LraMessages.PROPERTY, "nonsense");
        assertThat(LraMessages.callIn(message, () -> "not looked at")).isEqualTo("not looked at");
    }

    @Test
    void what_is_no_id_is_refused_and_the_work_not_begun() throws JMSException {
        for (String bad : new String[] {"nonsense", "ftp://x/y", "http://h/" + "x".repeat(9000)}) {
            message.setStringProperty(LraMessages.PROPERTY, bad);
            assertThatThrownBy(() -> LraMessages.callIn(message, () -> {
                        throw new AssertionError("begun");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
