package io.holdfast.rar;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.spi.ManagedConnectionFactory;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterAssociation;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/**
 * While a server undeploys the adapter, or after its start has failed, its recovery may still ask a factory whose class loader gives no
 * class any more. An Error would end WildFly's recovery thread, after which the server recovers nothing and no reload comes to its end.
 */
class UndeployedTest {
    @Test
    void a_factory_whose_class_loader_is_closed_answers_recovery_with_an_exception() throws Exception {
        ClosingLoader loader = new ClosingLoader();
        ResourceAdapter adapter = loader.create("HoldfastResourceAdapter", ResourceAdapter.class);
        ManagedConnectionFactory factory =
                loader.create("HoldfastManagedConnectionFactory", ManagedConnectionFactory.class);
        ((ResourceAdapterAssociation) factory).setResourceAdapter(adapter);
        loader.close();

        assertThatThrownBy(() -> factory.createManagedConnection(null, null))
                .isInstanceOf(jakarta.resource.spi.IllegalStateException.class)
                .hasMessageContaining("HFRAR007");
        assertThatThrownBy(() -> loader.create("HoldfastManagedConnectionFactory", ManagedConnectionFactory.class)
                        .createManagedConnection(null, null))
                .isInstanceOf(jakarta.resource.spi.IllegalStateException.class)
                .hasMessageContaining("HFRAR007");
    }

    /** Defines the adapter's classes itself, until it is closed. */
    private static final class ClosingLoader extends ClassLoader {
        private volatile boolean closed;

        ClosingLoader() {
            super(UndeployedTest.class.getClassLoader());
        }

        <T> T create(String name, Class<T> type) throws ReflectiveOperationException {
            return type.cast(
                    loadClass("io.holdfast.rar." + name).getConstructor().newInstance());
        }

        void close() {
            closed = true;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.holdfast.rar.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            if (closed) {
                throw new ClassNotFoundException(name + ": the loader is closed");
            }
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
}
