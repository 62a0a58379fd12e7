package io.holdfast.benchmarks;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** How often the coordinator of a server has forced its log, as its MBean tells. */
final class LogForces {
    private LogForces() {}

    /** Since its start; empty where there is no coordinator of ours. */
    @SuppressWarnings("BanJNDI") // A server of this benchmark, on this machine.
    static Optional<Long> of(Server server) throws IOException {
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(agent(server)))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            Set<ObjectName> coordinators = beans.queryNames(new ObjectName("io.holdfast:type=LraCoordinator,*"), null);
            if (coordinators.isEmpty()) {
                return Optional.empty();
            }
            TabularData counts =
                    (TabularData) beans.getAttribute(coordinators.iterator().next(), "Counts");
            return Optional.of((Long) counts.get(new Object[] {"logForces"}).get("value"));
        } catch (JMException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static String agent(Server server) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(String.valueOf(server.pid()));
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
