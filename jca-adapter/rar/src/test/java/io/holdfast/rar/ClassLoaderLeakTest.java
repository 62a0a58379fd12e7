package io.holdfast.rar;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ManagedConnection;
import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An adapter that a server has stopped and undeployed keeps nothing of itself in the server's JVM. */
class ClassLoaderLeakTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TIMES = 3;
    /** A method handle of the JDK (ObjectMethods) remembers the record class for which it was last used. */
    private static final int MOST_LEFT = 1;

    @Test
    void adapters_that_are_stopped_leave_no_class_loader_behind(@TempDir Path directory) throws Exception {
        assertThat(left(directory, false)).isLessThanOrEqualTo(MOST_LEFT);
    }

    @Test
    void those_that_have_called_a_coordinator_leave_no_class_loader_behind(@TempDir Path directory) throws Exception {
        assertThat(left(directory, true)).isLessThanOrEqualTo(MOST_LEFT);
    }

    private static long left(Path directory, boolean withLra) throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int time = 0; time < TIMES; time++) {
            loaders.add(used(Files.createDirectory(directory.resolve(String.valueOf(time))), withLra));
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long left;
        do {
            System.gc();
            left = loaders.stream().filter(loader -> loader.get() != null).count();
        } while (left > MOST_LEFT && System.nanoTime() < deadline);
        return left;
    }

    private static WeakReference<ClassLoader> used(Path directory, boolean withLra) throws Exception {
        ClassLoader loader = new OwnLoader();
        ResourceAdapter adapter = create(loader, "io.holdfast.rar.HoldfastResourceAdapter", ResourceAdapter.class);
        try (FakeCoordinator coordinator = new FakeCoordinator()) {
            adapter.getClass().getMethod("setLogDirectory", String.class).invoke(adapter, directory.toString());
            adapter.getClass().getMethod("setCoordinatorUrl", String.class).invoke(adapter, coordinator.url());
            adapter.start(new NoThreads());
            ManagedConnectionFactory factory =
                    create(loader, "io.holdfast.rar.HoldfastManagedConnectionFactory", ManagedConnectionFactory.class);
            ((ResourceAdapterAssociation) factory).setResourceAdapter(adapter);
            ManagedConnection connection = factory.createManagedConnection(null, null);
            XAResource resource = connection.getXAResource();
            resource.start(TestAdapter.xid(1), XAResource.TMNOFLAGS);
            if (withLra) {
                Object handle = connection.getConnection(null, null);
                URI lra = (URI) loader.loadClass("io.holdfast.api.HoldfastConnection")
                        .getMethod("lra")
                        .invoke(handle);
                assertThat(lra).isNotNull();
            }
            resource.end(TestAdapter.xid(1), XAResource.TMSUCCESS);
            resource.rollback(TestAdapter.xid(1));
            adapter.stop();
        }
        return new WeakReference<>(loader);
    }

    private static <T> T create(ClassLoader loader, String name, Class<T> type) throws ReflectiveOperationException {
        return type.cast(loader.loadClass(name).getConstructor().newInstance());
    }

    /** Defines the classes of the adapter itself, its engine and its API. */
    private static final class OwnLoader extends ClassLoader {
        OwnLoader() {
            super(ClassLoaderLeakTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.holdfast.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream content = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (content == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = content.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** A server without threads, so that the adapter uses its own. */
    private static final class NoThreads implements BootstrapContext {
        @Override
        public jakarta.resource.spi.work.@Nullable WorkManager getWorkManager() {
            return null;
        }

        @Override
        public jakarta.transaction.@Nullable TransactionSynchronizationRegistry
                getTransactionSynchronizationRegistry() {
            return null;
        }

        @Override
        public jakarta.resource.spi.@Nullable XATerminator getXATerminator() {
            return null;
        }

        @Override
        public java.util.Timer createTimer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isContextSupported(Class<? extends jakarta.resource.spi.work.WorkContext> type) {
            return false;
        }
    }
}
