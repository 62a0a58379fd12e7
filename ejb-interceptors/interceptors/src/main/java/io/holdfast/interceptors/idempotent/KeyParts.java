package io.holdfast.interceptors.idempotent;

import jakarta.jms.Message;
import java.lang.reflect.Method;
import java.util.regex.Pattern;

/** Reads the expressions of keys. */
final class KeyParts {
    static final String MESSAGE_ID = "jms:id";

    private static final String HEADER = "header:";
    private static final String MESSAGE_PROPERTY = "jms:property:";
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    private KeyParts() {}

    /** @throws IllegalArgumentException with what is wrong with it */
    static KeyPart parse(String expression, Method method) {
        if (expression.startsWith(HEADER)) {
            return header(expression.substring(HEADER.length()));
        }
        if (expression.equals(MESSAGE_ID)) {
            int index = messageParameter(method);
            return (arguments, surroundings) ->
                    arguments[index] instanceof Message message ? message.getJMSMessageID() : null;
        }
        if (expression.startsWith(MESSAGE_PROPERTY)) {
            return messageProperty(expression.substring(MESSAGE_PROPERTY.length()), messageParameter(method));
        }
        return Path.parse(expression, method);
    }

    private static KeyPart header(String name) {
        if (!HEADER_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not the name of a header");
        }
        return (arguments, surroundings) -> surroundings.header(name).orElse(null);
    }

    private static KeyPart messageProperty(String name, int parameter) {
        if (name.isBlank()) {
            throw new IllegalArgumentException(MESSAGE_PROPERTY + " names no property");
        }
        return (arguments, surroundings) ->
                arguments[parameter] instanceof Message message ? message.getStringProperty(name) : null;
    }

    private static int messageParameter(Method method) {
        Class<?>[] types = method.getParameterTypes();
        for (int index = 0; index < types.length; index++) {
            if (Message.class.isAssignableFrom(types[index])) {
                return index;
            }
        }
        throw new IllegalArgumentException("the method has no parameter that is a jakarta.jms.Message");
    }
}
