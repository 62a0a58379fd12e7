package io.holdfast.interceptors.messages;

import io.holdfast.interceptors.Directory;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** A server with a broker and transactions, whose sends count when the transaction commits. A single thread. */
public final class FakeJms implements Directory {
    public static final String QUEUE = "java:app/jms/debits";

    /** One message that the broker keeps. */
    public record Sent(String queue, String body, Map<String, String> properties) {}

    public final List<Sent> sent = new ArrayList<>();
    public final Map<String, Object> jndi = new HashMap<>();
    public int status = Status.STATUS_NO_TRANSACTION;
    public @Nullable String failure;
    /** The ids of consumed messages, as far as their records have committed. */
    final Set<String> consumed = new HashSet<>();

    int openContexts;
    private List<Sent> pending = new ArrayList<>();
    private Set<String> pendingRecords = new HashSet<>();

    public FakeJms() {
        jndi.put(QUEUE, queue("debits"));
        jndi.put(
                "java:comp/TransactionSynchronizationRegistry",
                fake(TransactionSynchronizationRegistry.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getTransactionStatus" -> status;
                    case "setRollbackOnly" -> {
                        status = Status.STATUS_MARKED_ROLLBACK;
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                }));
    }

    public static Queue queue(String name) {
        return fake(Queue.class, (proxy, method, arguments) -> name);
    }

    static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public Object find(String name) throws NamingException {
        Object found = jndi.get(name);
        if (found == null) {
            throw new NameNotFoundException(name);
        }
        return found;
    }

    /** A transaction of its own beside the one that is there, as {@code REQUIRES_NEW} makes it. */
    @Nullable
    Object own(Callable<?> work) throws Exception {
        int suspended = status;
        List<Sent> suspendedSends = pending;
        Set<String> suspendedRecords = pendingRecords;
        begin();
        try {
            Object result = work.call();
            end();
            return result;
        } catch (Exception e) {
            status = Status.STATUS_MARKED_ROLLBACK;
            end();
            throw e;
        } finally {
            status = suspended;
            pending = suspendedSends;
            pendingRecords = suspendedRecords;
        }
    }

    /** Records that the message is consumed, in the transaction; false when that is so already. */
    boolean consume(String id) {
        return !consumed.contains(id) && pendingRecords.add(id);
    }

    void begin() {
        status = Status.STATUS_ACTIVE;
        pending = new ArrayList<>();
        pendingRecords = new HashSet<>();
    }

    /** Commits unless it was told not to. */
    void end() {
        if (status == Status.STATUS_ACTIVE) {
            sent.addAll(pending);
            consumed.addAll(pendingRecords);
        }
        pending = new ArrayList<>();
        pendingRecords = new HashSet<>();
        status = Status.STATUS_NO_TRANSACTION;
    }

    public ConnectionFactory factory() {
        return fake(ConnectionFactory.class, (proxy, method, arguments) -> {
            if (failure != null) {
                throw new JMSRuntimeException(failure);
            }
            openContexts++;
            return context();
        });
    }

    private JMSContext context() {
        return fake(JMSContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "createTextMessage" -> message((String) arguments[0], new TreeMap<>());
            case "createProducer" -> producer();
            case "close" -> {
                openContexts--;
                yield null;
            }
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
            TextMessage message = (TextMessage) arguments[1];
            Map<String, String> properties = new TreeMap<>();
            Enumeration<?> names = message.getPropertyNames();
            while (names.hasMoreElements()) {
                String name = names.nextElement().toString();
                properties.put(name, message.getStringProperty(name));
            }
            Sent one = new Sent(arguments[0].toString(), message.getText(), properties);
            (status == Status.STATUS_NO_TRANSACTION ? sent : pending).add(one);
            return proxy;
        });
    }

    /** A message with these properties; its JMS id is {@code ID:1}. */
    static TextMessage message(String body, Map<String, Object> properties) {
        return fake(TextMessage.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getText" -> body;
            case "getJMSMessageID" -> "ID:1";
            case "setStringProperty" -> properties.put((String) arguments[0], arguments[1]);
            case "getStringProperty" -> {
                Object value = properties.get((String) arguments[0]);
                yield value == null ? null : value.toString();
            }
            case "getObjectProperty" -> properties.get((String) arguments[0]);
            case "getPropertyNames" -> Collections.enumeration(properties.keySet());
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }
}
