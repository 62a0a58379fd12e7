package io.holdfast.interceptors;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.interceptors.queries.ProgressEndpoint;
import io.holdfast.interceptors.tcc.TccExtension;
import jakarta.enterprise.inject.spi.Extension;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application may use {@code @Idempotent} or a fence on a server without the adapter, whose API is not there then. */
class WithoutAdapterTest {
    private static final String SERVICES = "META-INF/services/" + Extension.class.getName();

    static Stream<String> extensions() throws IOException {
        try (InputStream services = TccExtension.class.getClassLoader().getResourceAsStream(SERVICES)) {
            assertThat(services).isNotNull();
            return new String(services.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("extensions")
    void every_extension_can_be_made_and_its_observers_can_be_found(String name) throws ReflectiveOperationException {
        Class<?> extension = new NoApi().loadClass(name);

        assertThat(extension.getClassLoader()).isInstanceOf(NoApi.class);
        assertThat(extension.getDeclaredConstructor().newInstance()).isInstanceOf(Extension.class);
        assertThat(extension.getDeclaredMethods()).isNotEmpty();
    }

    @Test
    void the_methods_of_what_servers_look_at_can_be_found() throws ReflectiveOperationException {
        Class<?> endpoint = new NoApi().loadClass(ProgressEndpoint.class.getName());

        assertThat(endpoint.getDeclaredMethods()).extracting(Method::getName).contains("show");
    }

    /** Sees this module, and everything else but the adapter's API. */
    private static final class NoApi extends ClassLoader {
        NoApi() {
            super(WithoutAdapterTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.holdfast.api.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.holdfast.interceptors.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
