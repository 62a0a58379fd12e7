package io.holdfast.interceptors;

import io.holdfast.api.HoldfastConnection;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An outgoing request that has headers, properties and nothing else. */
final class FakeCall {
    private final MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
    private final Map<String, Object> properties = new HashMap<>();

    FakeCall header(String name, String value) {
        headers.add(name, value);
        return this;
    }

    List<Object> lraHeaders() {
        return headers.getOrDefault(HoldfastConnection.LRA_HEADER, List.of());
    }

    List<Object> parentHeaders() {
        return headers.getOrDefault(HoldfastConnection.LRA_PARENT_HEADER, List.of());
    }

    void sendThrough(GlobalTransactionFilter filter) {
        filter.filter(request());
    }

    ClientRequestContext request() {
        return (ClientRequestContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ClientRequestContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeaders" -> headers;
                    case "getProperty" -> properties.get((String) arguments[0]);
                    case "setProperty" -> properties.put((String) arguments[0], arguments[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
