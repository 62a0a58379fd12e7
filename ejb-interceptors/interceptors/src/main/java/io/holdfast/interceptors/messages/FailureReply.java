package io.holdfast.interceptors.messages;

import io.holdfast.api.OutgoingMessage;
import io.holdfast.interceptors.BeanClass;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.idempotent.ConsumerMethod;
import jakarta.ejb.EJBException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An {@link OnFailureReply} method, read and checked. Immutable. */
record FailureReply(String name, OnFailureReply wanted, ConsumerMethod consumer, int messageParameter) {
    private static final String SUFFIX = ":failed";
    private static final int LONGEST_ID = 100;
    private static final int LONGEST_TEXT = 1000;
    private static final Map<Receiver, FailureReply> READ = new ConcurrentHashMap<>();

    private record Receiver(Class<?> target, Method method) {}

    /**
     * @param target the class of the bean, or a subclass that the container has made of it
     * @throws IllegalArgumentException with number, class, method and what is wrong
     */
    static FailureReply of(Class<?> target, Method method) {
        return READ.computeIfAbsent(new Receiver(target, method), FailureReply::read);
    }

    private static FailureReply read(Receiver receiver) {
        Method method = receiver.method;
        String place = BeanClass.of(receiver.target).getName() + "#" + method.getName();
        OnFailureReply wanted = method.getAnnotation(OnFailureReply.class);
        if (wanted == null) {
            throw wrong(place, "the annotation belongs on a method");
        }
        ConsumerMethod consumer = ConsumerMethod.of(receiver.target, method)
                .orElseThrow(
                        () -> wrong(
                                place,
                                "not @Idempotent with the strategy CONSUMED_MESSAGE, so that a redelivery would repeat the reply"));
        int parameter = messageParameter(method.getParameterTypes());
        if (parameter < 0) {
            throw wrong(place, "it has no parameter that is a jakarta.jms.Message");
        }
        if (wanted.on().length == 0) {
            throw wrong(place, "on names no exception");
        }
        if (wanted.destination().isBlank()) {
            throw wrong(place, "it has no destination");
        }
        return new FailureReply(place, wanted, consumer, parameter);
    }

    private static int messageParameter(Class<?>[] types) {
        for (int index = 0; index < types.length; index++) {
            if (Message.class.isAssignableFrom(types[index])) {
                return index;
            }
        }
        return -1;
    }

    private static IllegalArgumentException wrong(String place, String what) {
        return new IllegalArgumentException(InterceptorMessage.WRONG_FAILURE_REPLY.with(place, what));
    }

    /** The exception that says that the business cannot be done. */
    Optional<Throwable> businessFailure(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof EJBException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        Throwable found = cause;
        return Arrays.stream(wanted.on()).anyMatch(type -> type.isInstance(found))
                ? Optional.of(found)
                : Optional.empty();
    }

    OutgoingMessage message(@Nullable Object[] arguments, Throwable failure) throws JMSException {
        if (!(arguments[messageParameter] instanceof Message failed)) {
            throw new IllegalArgumentException(name + " was called without a message");
        }
        String id = Optional.ofNullable(failed.getStringProperty(OutgoingMessage.ID_PROPERTY))
                .orElse(failed.getJMSMessageID());
        Map<String, String> properties = stringProperties(failed);
        properties.put(OnFailureReply.FAILED_ID_PROPERTY, id);
        properties.put(OnFailureReply.FAILURE_TYPE_PROPERTY, failure.getClass().getSimpleName());
        properties.put(OnFailureReply.FAILURE_PROPERTY, shortened(String.valueOf(failure.getMessage())));
        return new OutgoingMessage(
                idOfReply(id),
                wanted.destination(),
                Optional.ofNullable(failed.getStringProperty(OutgoingMessage.KEY_PROPERTY))
                        .orElse(""),
                failed instanceof TextMessage text && text.getText() != null ? text.getText() : "",
                properties);
    }

    /** The same for each delivery of the failed message. */
    private static String idOfReply(String id) {
        return id.length() + SUFFIX.length() <= LONGEST_ID
                ? id + SUFFIX
                : UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)) + SUFFIX;
    }

    private static Map<String, String> stringProperties(Message message) throws JMSException {
        Map<String, String> properties = new TreeMap<>();
        Enumeration<?> names = message.getPropertyNames();
        while (names.hasMoreElements()) {
            String property = names.nextElement().toString();
            if (!property.startsWith("JMS")
                    && !property.startsWith("Holdfast")
                    && message.getObjectProperty(property) instanceof String value) {
                properties.put(property, value);
            }
        }
        return properties;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
