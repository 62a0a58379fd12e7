package io.holdfast.interceptors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.holdfast.interceptors.queries.OperationEndpoint;
import io.holdfast.interceptors.queries.ProgressEndpoint;
import io.holdfast.interceptors.tcc.Compensable;
import io.holdfast.interceptors.tcc.Tcc;
import io.holdfast.interceptors.tcc.TccExtension;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThatCode(extension::getDeclaredFields).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(classes = {ProgressEndpoint.class, OperationEndpoint.class})
    void the_methods_of_what_servers_look_at_can_be_found(Class<?> type) throws ReflectiveOperationException {
        Class<?> endpoint = new NoApi().loadClass(type.getName());

        assertThat(endpoint.getDeclaredMethods()).extracting(Method::getName).contains("show");
    }

    @ParameterizedTest
    @ValueSource(classes = {ProgressEndpoint.class, OperationEndpoint.class})
    void servers_that_look_for_paths_do_not_take_the_endpoint_for_a_resource(Class<?> endpoint) {
        assertThat(endpoint.getMethods()).noneMatch(method -> method.isAnnotationPresent(Path.class));
        assertThat(endpoint.isAnnotationPresent(Path.class)).isFalse();
    }

    /** Servers register the filter on every client. */
    @Test
    void calls_of_rest_clients_go_out() throws ReflectiveOperationException, IOException {
        ClassLoader application = new NoApi();
        Class<?> directory = application.loadClass(Directory.class.getName());
        Object transactions = proxy(TransactionSynchronizationRegistry.class, Map.of("getTransactionStatus", 6));
        Constructor<?> constructor =
                application.loadClass(GlobalTransactionFilter.class.getName()).getDeclaredConstructor(directory);
        constructor.setAccessible(true);
        MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();

        Map<String, Object> request = new HashMap<>(Map.of("getHeaders", headers));
        request.put("getProperty", null);

        ((ClientRequestFilter) constructor.newInstance(proxy(directory, Map.of("find", transactions))))
                .filter(proxy(ClientRequestContext.class, request));

        assertThat(headers).isEmpty();
    }

    @Test
    void a_global_transaction_fails_the_deployment_by_number_and_name() throws ReflectiveOperationException {
        assertThat(mistakesOf(Business.class))
                .singleElement()
                .asString()
                .contains("HFINT008 " + Business.class.getName() + " is @GlobalTransaction");
    }

    @Test
    void its_interceptor_does_not() throws ReflectiveOperationException {
        assertThat(mistakesOf(GlobalTransactionInterceptor.class)).isEmpty();
    }

    @Test
    void participants_fail_the_deployment_by_number_class_and_method() throws ReflectiveOperationException {
        assertThat(mistakesOf(Participants.class, TccExtension.class))
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        missing(Participants.class, "reserve", "@Tcc"),
                        missing(Participants.class, "ship", "@Compensable"));
    }

    private static String missing(Class<?> bean, String method, String annotation) {
        return IllegalArgumentException.class.getName() + ": HFINT008 " + bean.getName() + "#" + method + " is "
                + annotation + ", but this application does not see the resource adapter's classes (io.holdfast.api)";
    }

    private static List<Object> mistakesOf(Class<?> found) throws ReflectiveOperationException {
        return mistakesOf(found, GlobalTransactionCheck.class);
    }

    private static List<Object> mistakesOf(Class<?> found, Class<?> by) throws ReflectiveOperationException {
        ClassLoader application = new NoApi();
        Class<?> bean = application.loadClass(found.getName());
        Class<?> check = application.loadClass(by.getName());
        Object extension = check.getDeclaredConstructor().newInstance();
        List<Object> mistakes = new ArrayList<>();

        method(check, "read", ProcessAnnotatedType.class)
                .invoke(extension, proxy(ProcessAnnotatedType.class, Map.of("getAnnotatedType", annotated(bean))));
        AfterBeanDiscovery discovery = (AfterBeanDiscovery) Proxy.newProxyInstance(
                WithoutAdapterTest.class.getClassLoader(),
                new Class<?>[] {AfterBeanDiscovery.class},
                (self, method, arguments) -> mistakes.add(arguments[0]));
        method(check, "report", AfterBeanDiscovery.class).invoke(extension, discovery);

        return mistakes;
    }

    @GlobalTransaction
    static class Business {}

    public static class Participants {
        @Tcc(confirm = "use", cancel = "giveBack")
        public void reserve(long seat) {}

        public void use(long seat) {}

        public void giveBack(long seat) {}

        @Compensable(undo = "callBack")
        public void ship(long order) {}

        public void callBack(long order) {}
    }

    private static AnnotatedType<?> annotated(Class<?> bean) {
        return (AnnotatedType<?>) Proxy.newProxyInstance(
                WithoutAdapterTest.class.getClassLoader(),
                new Class<?>[] {AnnotatedType.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getJavaClass" -> bean;
                    case "getAnnotation" -> bean.getAnnotation(((Class<?>) arguments[0]).asSubclass(Annotation.class));
                    case "isAnnotationPresent" ->
                        bean.isAnnotationPresent(((Class<?>) arguments[0]).asSubclass(Annotation.class));
                    case "getMethods" ->
                        Arrays.stream(bean.getDeclaredMethods())
                                .map(WithoutAdapterTest::annotated)
                                .collect(Collectors.toSet());
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static AnnotatedMethod<?> annotated(Method method) {
        return proxy(AnnotatedMethod.class, Map.of("getJavaMember", method));
    }

    private static Method method(Class<?> type, String name, Class<?> parameter) throws NoSuchMethodException {
        Method method = type.getDeclaredMethod(name, parameter);
        method.setAccessible(true);
        return method;
    }

    /** Answers what it is told to, and whether it is equal to another, and nothing else. */
    private static <T> T proxy(Class<T> type, Map<String, Object> answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (answers.containsKey(method.getName())) {
                        return answers.get(method.getName());
                    }
                    return switch (method.getName()) {
                        case "hashCode" -> System.identityHashCode(self);
                        case "equals" -> self == arguments[0];
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                }));
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
