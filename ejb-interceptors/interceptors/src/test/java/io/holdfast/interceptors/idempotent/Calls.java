package io.holdfast.interceptors.idempotent;

import io.holdfast.interceptors.idempotent.IdempotentCall.Body;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Calls of methods as a container makes them. */
final class Calls {
    private Calls() {}

    static @Nullable Object inTransaction(FakeServer server, String method, Body body, @Nullable Object... arguments)
            throws Exception {
        return inTransaction(server, Shop.class, method, body, arguments);
    }

    static @Nullable Object inTransaction(
            FakeServer server, Class<?> bean, String method, Body body, @Nullable Object... arguments)
            throws Exception {
        server.begin();
        try {
            return call(server, bean, method, body, arguments);
        } finally {
            server.end();
        }
    }

    static @Nullable Object call(FakeServer server, String method, Body body, @Nullable Object... arguments)
            throws Exception {
        return call(server, Shop.class, method, body, arguments);
    }

    static @Nullable Object call(
            FakeServer server, Class<?> bean, String method, Body body, @Nullable Object... arguments)
            throws Exception {
        return new IdempotentCall(server, Operation.of(bean, method(bean, method))).answer(arguments, body);
    }

    static Method method(Class<?> type, String name) {
        return Stream.of(type.getDeclaredMethods(), type.getMethods())
                .flatMap(Arrays::stream)
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
