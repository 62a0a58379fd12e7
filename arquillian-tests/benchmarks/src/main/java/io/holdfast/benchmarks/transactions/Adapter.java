package io.holdfast.benchmarks.transactions;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.LocalAnswer;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ConnectionManager;
import jakarta.resource.spi.ConnectionRequestInfo;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import jakarta.resource.spi.XATerminator;
import jakarta.resource.spi.work.WorkContext;
import jakarta.resource.spi.work.WorkManager;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Timer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** holdfast.rar as a server would have it: in a class loader of its own, with connections that belong to the caller's transaction. */
final class Adapter {
    /** Whose participants confirm at once. */
    static final String APPLICATION = "bench";

    private static final String PACKAGE = "io.holdfast.rar.";

    private Adapter() {}

    /** Starts it; it runs until the JVM ends. */
    static HoldfastConnectionFactory start(Path archive, Path directory, TransactionManager manager)
            throws IOException, ReflectiveOperationException, ResourceException {
        ClassLoader loader =
                new URLClassLoader(unpacked(archive, directory.resolve("rar")), Adapter.class.getClassLoader());
        ResourceAdapter adapter = created(loader, "HoldfastResourceAdapter", ResourceAdapter.class);
        adapter.getClass()
                .getMethod("setLogDirectory", String.class)
                .invoke(adapter, directory.resolve("adapter").toString());
        adapter.start(new Server());
        ManagedConnectionFactory factory =
                created(loader, "HoldfastManagedConnectionFactory", ManagedConnectionFactory.class);
        ((ResourceAdapterAssociation) factory).setResourceAdapter(adapter);
        HoldfastConnectionFactory connections =
                (HoldfastConnectionFactory) factory.createConnectionFactory(new OfEachThread(manager));
        connections.register(APPLICATION, call -> new LocalAnswer.Done());
        return connections;
    }

    private static <T> T created(ClassLoader loader, String name, Class<T> type) throws ReflectiveOperationException {
        return type.cast(loader.loadClass(PACKAGE + name).getConstructor().newInstance());
    }

    private static URL[] unpacked(Path archive, Path directory) throws IOException {
        Files.createDirectories(directory);
        List<URL> jars = new ArrayList<>();
        try (ZipFile rar = new ZipFile(archive.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = rar.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".jar")) {
                    Path jar = directory.resolve(Path.of(entry.getName()).getFileName());
                    try (InputStream content = rar.getInputStream(entry)) {
                        Files.copy(content, jar);
                    }
                    jars.add(jar.toUri().toURL());
                }
            }
        }
        return jars.toArray(URL[]::new);
    }

    /** A pool with one connection for each thread, which is enlisted whenever it is asked for. */
    private static final class OfEachThread implements ConnectionManager {
        private static final long serialVersionUID = 1;
        private static final ThreadLocal<@Nullable ManagedConnection> KEPT = new ThreadLocal<>();

        private final transient TransactionManager manager;

        OfEachThread(TransactionManager manager) {
            this.manager = manager;
        }

        @Override
        public Object allocateConnection(ManagedConnectionFactory factory, @Nullable ConnectionRequestInfo info)
                throws ResourceException {
            ManagedConnection connection = KEPT.get();
            if (connection == null) {
                connection = factory.createManagedConnection(null, info);
                KEPT.set(connection);
            }
            try {
                manager.getTransaction().enlistResource(connection.getXAResource());
            } catch (RollbackException | SystemException e) {
                throw new ResourceException(e);
            }
            return connection.getConnection(null, info);
        }
    }

    private static final class Server implements BootstrapContext {
        private final WorkManager works = new Works();
        private final TransactionSynchronizationRegistry registry = new TransactionSynchronizationRegistryImple();

        @Override
        public WorkManager getWorkManager() {
            return works;
        }

        @Override
        public TransactionSynchronizationRegistry getTransactionSynchronizationRegistry() {
            return registry;
        }

        @Override
        public @Nullable XATerminator getXATerminator() {
            return null;
        }

        @Override
        public Timer createTimer() {
            return new Timer(true);
        }

        @Override
        public boolean isContextSupported(Class<? extends WorkContext> type) {
            return false;
        }
    }
}
