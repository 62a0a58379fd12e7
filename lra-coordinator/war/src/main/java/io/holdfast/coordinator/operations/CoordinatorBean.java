package io.holdfast.coordinator.operations;

import io.holdfast.coordinator.messages.CoordinatorMessage;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** Shows a coordinator's counts in the JVM's MBean server from its registration until it is closed. Thread-safe. */
public final class CoordinatorBean implements CoordinatorMXBean, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Operations operations;
    private final String name;

    private CoordinatorBean(Operations operations) {
        this.operations = operations;
        this.name = name(operations.nodeId());
    }

    /** The name under which the coordinator with this node id is found. */
    static String name(String nodeId) {
        return "io.holdfast:type=LraCoordinator,node=" + nodeId;
    }

    /** A coordinator whose bean cannot be registered says so and runs without. */
    public static CoordinatorBean register(Operations operations) {
        CoordinatorBean bean = new CoordinatorBean(operations);
        try {
            server().registerMBean(new StandardMBean(bean, CoordinatorMXBean.class, true), new ObjectName(bean.name));
        } catch (JMException refused) {
            CoordinatorMessage.BEAN_NOT_REGISTERED.log(bean.name, refused);
        }
        return bean;
    }

    private static MBeanServer server() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    @Override
    public void close() {
        try {
            ObjectName registered = new ObjectName(name);
            if (server().isRegistered(registered)) {
                server().unregisterMBean(registered);
            }
        } catch (JMException gone) {
            CoordinatorMessage.BEAN_NOT_REGISTERED.log(name, gone);
        }
    }

    @Override
    public String getNodeId() {
        return operations.nodeId();
    }

    @Override
    public Map<String, Long> getCounts() {
        try {
            return operations.counts().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException noLog) {
            // Its cause stays here: whoever called from outside may not have its class.
            throw new IllegalStateException("The coordinator's log gave no answer: " + noLog);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the coordinator's log");
        }
    }

    @Override
    public void retryNow() {
        operations.retryNow();
    }
}
