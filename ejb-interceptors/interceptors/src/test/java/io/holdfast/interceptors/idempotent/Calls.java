package io.holdfast.interceptors.idempotent;

import io.holdfast.interceptors.idempotent.IdempotentCall.Body;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Calls of methods as a container makes them. */
final class Calls {
    private Calls() {}

    static @Nullable Object inTransaction(FakeServer server, String method, Body body, @Nullable Object... arguments)
            throws Exception {
        server.begin();
        try {
            return call(server, method, body, arguments);
        } finally {
            server.end();
        }
    }

    static @Nullable Object call(FakeServer server, String method, Body body, @Nullable Object... arguments)
            throws Exception {
        return new IdempotentCall(server, Operation.of(method(Shop.class, method))).answer(arguments, body);
    }

    static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
