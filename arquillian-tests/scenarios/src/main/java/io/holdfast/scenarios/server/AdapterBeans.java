package io.holdfast.scenarios.server;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/** The MBean of the one adapter in a server's JVM, reached as jconsole reaches it: from the same machine, by the process. */
public final class AdapterBeans implements AutoCloseable {
    private static final String ALL = "io.holdfast:type=ResourceAdapter,*";

    private final JMXConnector connector;
    private final MBeanServerConnection server;

    private AdapterBeans(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.server = connector.getMBeanServerConnection();
    }

    /** @param process the JVM of a server on this machine, of the same user; the address comes from it alone */
    @SuppressWarnings("BanJNDI")
    public static AdapterBeans of(ProcessHandle process) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            try {
                JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
                return new AdapterBeans(JMXConnectorFactory.connect(address));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IllegalStateException("cannot attach to " + process.pid(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The node ids of the adapters that run there. */
    public Set<String> nodes() {
        return names().stream().map(name -> name.getKeyProperty("node")).collect(Collectors.toSet());
    }

    /** An attribute whose value is a map. */
    public Map<String, Object> map(String attribute) {
        TabularData table = (TabularData) attribute(attribute);
        return table.values().stream()
                .map(CompositeData.class::cast)
                .collect(Collectors.toMap(row -> (String) row.get("key"), row -> row.get("value")));
    }

    public Object attribute(String name) {
        try {
            return server.getAttribute(only(), name);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the operation, all of whose arguments are texts, returns; the exception's cause is that of the operation. */
    public @Nullable Object invoke(String operation, String... arguments) {
        String[] signature = new String[arguments.length];
        Arrays.fill(signature, String.class.getName());
        try {
            return server.invoke(only(), operation, arguments, signature);
        } catch (JMException e) {
            throw new IllegalStateException(
                    Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse(e.getMessage()), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A line for each class of the JVM that has instances, after a full garbage collection; the class ends the line. One that
     * several class loaders have loaded has as many lines.
     */
    public List<String> classHistogram() {
        try {
            Object histogram = server.invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
            return ((String) histogram).lines().toList();
        } catch (JMException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectName only() {
        Set<ObjectName> names = names();
        if (names.size() != 1) {
            throw new IllegalStateException("not one adapter but " + names);
        }
        return names.iterator().next();
    }

    private Set<ObjectName> names() {
        try {
            return server.queryNames(new ObjectName(ALL), null);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
