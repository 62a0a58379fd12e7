package io.holdfast.interceptors;

import io.holdfast.api.HoldfastConnection;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;

/**
 * Sends the LRA of the caller's {@link GlobalTransaction} with every call of the Jakarta REST client and of MicroProfile REST clients, and
 * the parent of a nested one; the first call starts it. RESTEasy and Jersey register the filter by themselves; elsewhere: {@code
 * client.register(GlobalTransactionFilter.class)}. The system property {@code holdfast.propagation.http} switches it off. Thread-safe.
 *
 * <p>When the LRA cannot be started the call is not sent: it ends in a {@code ProcessingException} with the {@code
 * HoldfastException} as its cause.
 */
@ConstrainedTo(RuntimeType.CLIENT)
@Priority(Priorities.HEADER_DECORATOR)
public final class GlobalTransactionFilter implements ClientRequestFilter {
    /** Of a request, set on Jersey: an Optional with the LRA of the thread that makes the call. */
    static final String CALLER = "io.holdfast.interceptors.caller";

    private final Directory jndi;

    public GlobalTransactionFilter() {
        this(Directory.JNDI);
    }

    GlobalTransactionFilter(Directory jndi) {
        this.jndi = jndi;
    }

    @Override
    public void filter(ClientRequestContext request) {
        if (TravellingLra.goesByHttp() && !isSetByHand(request)) {
            lra(request).map(Object::toString).ifPresent(lra -> send(lra, request.getHeaders()));
        }
    }

    private static void send(String lra, MultivaluedMap<String, Object> headers) {
        headers.putSingle(HoldfastConnection.LRA_HEADER, lra);
        NestedLra.parentIn(lra).ifPresent(parent -> headers.putSingle(HoldfastConnection.LRA_PARENT_HEADER, parent));
    }

    static boolean isSetByHand(ClientRequestContext request) {
        return request.getHeaders().containsKey(HoldfastConnection.LRA_HEADER);
    }

    /** That of the thread that made the call, where another one sends it. */
    private Optional<?> lra(ClientRequestContext request) {
        return request.getProperty(CALLER) instanceof Optional<?> noted && noted.isPresent()
                ? noted
                : TravellingLra.find(jndi);
    }
}
