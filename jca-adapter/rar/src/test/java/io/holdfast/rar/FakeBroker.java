package io.holdfast.rar;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;

/** A server's JNDI with one connection factory and one queue. Thread-safe. */
final class FakeBroker implements Jndi {
    static final String FACTORY = "java:/JmsXA";
    static final String QUEUE = "java:/jms/queue/orders";

    final List<Sent> sent = new CopyOnWriteArrayList<>();
    /** How many of the next sends fail. */
    final AtomicInteger failures = new AtomicInteger();
    /** What a send that fails throws. */
    volatile Supplier<Throwable> failure = () -> new JMSRuntimeException("the broker is down");
    /** Sends take as long as somebody else holds it. */
    final Semaphore taking = new Semaphore(Integer.MAX_VALUE);
    /** How many sends there were, those that failed too. */
    final AtomicInteger attempts = new AtomicInteger();

    final AtomicInteger openContexts = new AtomicInteger();

    private final Queue queue = fake(Queue.class, (proxy, method, arguments) -> "orders");

    /** One message that the broker keeps. */
    record Sent(String queue, String body, Map<String, String> properties) {}

    @Override
    public Object find(String name) throws NamingException {
        return switch (name) {
            case FACTORY ->
                fake(ConnectionFactory.class, (proxy, method, arguments) -> {
                    openContexts.incrementAndGet();
                    return context();
                });
            case QUEUE -> queue;
            default -> throw new NameNotFoundException(name);
        };
    }

    private JMSContext context() {
        return fake(JMSContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "createTextMessage" -> message((String) arguments[0]);
            case "createProducer" -> producer();
            case "close" -> openContexts.decrementAndGet();
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static TextMessage message(String body) {
        Map<String, String> properties = new TreeMap<>();
        return fake(TextMessage.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "setStringProperty" -> properties.put((String) arguments[0], (String) arguments[1]);
            case "toString" -> body + properties;
            case "getText" -> body;
            case "getPropertyNames" -> Collections.enumeration(properties.keySet());
            case "getStringProperty" -> properties.get((String) arguments[0]);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private JMSProducer producer() {
        return fake(JMSProducer.class, (proxy, method, arguments) -> {
            if (method.getName().equals("setDeliveryMode")) {
                if (!arguments[0].equals(DeliveryMode.PERSISTENT)) {
                    throw new IllegalArgumentException("a message that a crash would lose");
                }
                return proxy;
            }
            attempts.incrementAndGet();
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw failure.get();
            }
            taking.acquire();
            taking.release();
            TextMessage message = (TextMessage) arguments[1];
            Map<String, String> properties = new TreeMap<>();
            var names = message.getPropertyNames();
            while (names.hasMoreElements()) {
                String name = names.nextElement().toString();
                properties.put(name, message.getStringProperty(name));
            }
            sent.add(new Sent(arguments[0].toString(), message.getText(), properties));
            return proxy;
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
