package io.holdfast.benchmarks.database;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.XAConnectionFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQQueue;
import org.apache.activemq.artemis.jms.client.ActiveMQXAConnectionFactory;

/** WildFly's broker, Artemis, in this JVM: it forces its journal; one receiver takes what comes into the queue {@code orders} and counts it. */
public final class Broker implements AutoCloseable {
    private static final String ADDRESS = "vm://0";
    private static final String QUEUE = "orders";

    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(ADDRESS);
    private final ActiveMQXAConnectionFactory xaFactory = new ActiveMQXAConnectionFactory(ADDRESS);
    private final JMSContext receiving;
    private final Object arrival = new Object();
    private long received;

    private Broker(Path directory) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(true)
                .setSecurityEnabled(false)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .addAcceptorConfiguration("in-vm", ADDRESS);
        server.setConfiguration(configuration);
        server.start();
        receiving = factory.createContext(JMSContext.DUPS_OK_ACKNOWLEDGE);
        receiving.createConsumer(new ActiveMQQueue(QUEUE)).setMessageListener(message -> arrived());
    }

    /** Makes JNDI of this JVM give a queue for each name. */
    public static Broker start(Path directory) throws Exception {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Queues.class.getName());
        return new Broker(directory);
    }

    ConnectionFactory factory() {
        return factory;
    }

    XAConnectionFactory xaFactory() {
        return xaFactory;
    }

    private void arrived() {
        synchronized (arrival) {
            received++;
            arrival.notifyAll();
        }
    }

    /** How many have arrived so far. */
    long received() {
        synchronized (arrival) {
            return received;
        }
    }

    /** Waits until so many have arrived since the start. */
    void await(long count, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        synchronized (arrival) {
            while (received < count) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new IllegalStateException(received + " of " + count + " messages have arrived");
                }
                arrival.wait(left);
            }
        }
    }

    @Override
    public void close() {
        receiving.close();
        factory.close();
        xaFactory.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the broker does not stop", e);
        }
    }

    /** JNDI in which each name is a queue. */
    public static final class Queues implements InitialContextFactory {
        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
            return new InitialContext(true) {
                @Override
                public Object lookup(String name) {
                    return new ActiveMQQueue(name);
                }
            };
        }
    }
}
