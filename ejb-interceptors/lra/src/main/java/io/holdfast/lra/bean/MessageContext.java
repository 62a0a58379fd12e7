package io.holdfast.lra.bean;

import io.holdfast.lra.runtime.Wire;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The LRA that a JMS message carries in its property {@value #PROPERTY}: names of properties have no hyphens. */
final class MessageContext {
    static final String PROPERTY = "Long_Running_Action";
    private static final boolean HAS_JMS = hasJms();

    private MessageContext() {}

    private static boolean hasJms() {
        try {
            Class.forName("jakarta.jms.Message", false, MessageContext.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException serverWithoutMessages) {
            return false;
        }
    }

    /** @throws JMSException when the broker cannot give the property */
    static Optional<String> lraOf(@Nullable Object @Nullable [] parameters) throws JMSException {
        return HAS_JMS
                        && Wire.JMS.isOn()
                        && parameters != null
                        && parameters.length == 1
                        && parameters[0] instanceof Message message
                ? Optional.ofNullable(message.getStringProperty(PROPERTY)).filter(lra -> !lra.isBlank())
                : Optional.empty();
    }
}
