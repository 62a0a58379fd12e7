package io.holdfast.interceptors;

import io.holdfast.api.HoldfastConnection;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends the LRA of the caller's {@link GlobalTransaction} with every call of the Jakarta REST client and of MicroProfile REST clients; the
 * first call starts it. RESTEasy and Jersey register the filter by themselves; elsewhere: {@code
 * client.register(GlobalTransactionFilter.class)}. Thread-safe.
 *
 * <p>When the LRA cannot be started the call is not sent: it ends in a {@code ProcessingException} with the {@code
 * HoldfastException} as its cause.
 */
@ConstrainedTo(RuntimeType.CLIENT)
@Priority(Priorities.HEADER_DECORATOR)
public final class GlobalTransactionFilter implements ClientRequestFilter {
    private final Directory jndi;

    public GlobalTransactionFilter() {
        this(Directory.JNDI);
    }

    GlobalTransactionFilter(Directory jndi) {
        this.jndi = jndi;
    }

    @Override
    public void filter(ClientRequestContext request) {
        if (request.getHeaders().containsKey(HoldfastConnection.LRA_HEADER)) {
            return;
        }
        Optional<Duration> limit = JtaTransaction.ofThisThread(jndi).propagatedTimeLimit();
        if (limit.isPresent()) {
            request.getHeaders().putSingle(HoldfastConnection.LRA_HEADER, lra(limit.get()));
        }
    }

    private String lra(Duration limit) {
        try (HoldfastConnection connection = ConnectionFactories.find(jndi).getConnection()) {
            return (limit.isZero() ? connection.lra() : connection.lra(limit)).toString();
        }
    }
}
