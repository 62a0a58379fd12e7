package io.holdfast.interceptors;

import io.holdfast.api.HoldfastConnection;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Proxy;
import java.util.List;

/** An outgoing request that has headers and nothing else. */
final class FakeCall {
    private final MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();

    FakeCall header(String name, String value) {
        headers.add(name, value);
        return this;
    }

    List<Object> lraHeaders() {
        return headers.getOrDefault(HoldfastConnection.LRA_HEADER, List.of());
    }

    void sendThrough(GlobalTransactionFilter filter) {
        filter.filter((ClientRequestContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ClientRequestContext.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getHeaders")) {
                        return headers;
                    }
                    throw new UnsupportedOperationException(method.getName());
                }));
    }
}
