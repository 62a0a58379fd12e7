package io.holdfast.benchmarks.transactions;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** Counts how often the adapter of this JVM has forced its log, as its MBean tells; 0 without an adapter. */
final class Forces {
    private final long before;

    Forces() {
        before = total();
    }

    long untilNow() {
        return total() - before;
    }

    private static long total() {
        try {
            return counted();
        } catch (JMException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static long counted() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> adapters = server.queryNames(new ObjectName("io.holdfast:type=ResourceAdapter,*"), null);
        long sum = 0;
        for (ObjectName adapter : adapters) {
            TabularData counts = (TabularData) server.getAttribute(adapter, "Counts");
            CompositeData forces = counts.get(new Object[] {"LOG_FORCES"});
            sum += (Long) forces.get("value");
        }
        return sum;
    }
}
