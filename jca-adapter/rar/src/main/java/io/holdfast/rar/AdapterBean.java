package io.holdfast.rar;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** Shows an adapter's {@link AdapterManagement} in the JVM's MBean server. */
final class AdapterBean {
    private AdapterBean() {}

    /** Takes the bean out again; can be called again without effect. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** The name under which the adapter with this node id is found. */
    static String name(String nodeId) {
        return "io.holdfast:type=ResourceAdapter,node=" + nodeId;
    }

    /** An adapter whose bean cannot be registered says so and runs without. */
    static Registration register(Branches branches) {
        String name = name(branches.nodeId());
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName found = new ObjectName(name);
            server.registerMBean(new StandardMBean(new AdapterManagement(branches), AdapterMXBean.class, true), found);
            return () -> unregister(server, found);
        } catch (JMException refused) {
            AdapterMessage.BEAN_NOT_REGISTERED.log(name, refused);
            return () -> {};
        }
    }

    private static void unregister(MBeanServer server, ObjectName name) {
        try {
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
        } catch (JMException gone) {
            AdapterMessage.BEAN_NOT_REGISTERED.log(name, gone);
        }
    }
}
