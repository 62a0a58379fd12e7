package io.holdfast.interceptors;

import io.holdfast.interceptors.GlobalTransaction.Incoming;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What happens before a {@link GlobalTransaction} method runs. */
final class Entry {
    private final Directory jndi;
    private final Supplier<Optional<String>> incomingLra;

    Entry(Directory jndi, Supplier<Optional<String>> incomingLra) {
        this.jndi = jndi;
        this.incomingLra = incomingLra;
    }

    /** @return the LRA that the method is to run in, where it was called in one */
    Optional<NestedLra> admit(@Nullable Object target, Method method) {
        String name = nameOf(method);
        JtaTransaction transaction = JtaTransaction.ofThisThread(jndi);
        if (!transaction.isActive()) {
            throw InterceptorMessage.NO_TRANSACTION.exception(name, transaction.status());
        }
        Optional<GlobalTransaction> annotation = annotation(target, method);
        Duration limit = annotation.map(found -> TimeLimit.of(found, name)).orElse(Duration.ZERO);
        Optional<String> incoming = incomingLra.get();
        if (incoming.isEmpty()) {
            transaction.propagateLra(limit);
            return Optional.empty();
        }
        Optional<NestedLra> known = transaction.nestedLra().filter(nested -> nested.isReachedFrom(incoming.get()));
        if (known.isPresent()) {
            return known;
        }
        if (annotation.map(GlobalTransaction::incoming).orElse(Incoming.REFUSED) == Incoming.REFUSED) {
            throw new IncomingLraException(InterceptorMessage.INCOMING_LRA.with(name, incoming.get()));
        }
        return Optional.of(nest(name, transaction, limit, incoming.get()));
    }

    private NestedLra nest(String name, JtaTransaction transaction, Duration limit, String incoming) {
        if (transaction.isGlobal()) {
            String other = transaction
                    .nestedLra()
                    .map(nested -> "in " + nested.parent() + " already")
                    .orElse("global already and in none");
            throw new IncomingLraException(InterceptorMessage.OTHER_INCOMING_LRA.with(name, incoming, other));
        }
        NestedLra nested = NestedLra.start(jndi, parent(name, incoming), limit);
        transaction.propagateLra(limit, nested);
        return nested;
    }

    private static URI parent(String name, String incoming) {
        try {
            return new URI(incoming);
        } catch (URISyntaxException e) {
            throw new IncomingLraException(InterceptorMessage.NOT_AN_LRA.with(name, incoming, e.getMessage()));
        }
    }

    static String nameOf(Method method) {
        return method.getDeclaringClass().getName() + "#" + method.getName();
    }

    /** Empty when the binding came by a stereotype, which has no members to set. */
    private static Optional<GlobalTransaction> annotation(@Nullable Object target, Method method) {
        GlobalTransaction onMethod = method.getAnnotation(GlobalTransaction.class);
        if (onMethod != null) {
            return Optional.of(onMethod);
        }
        Class<?> bean = target == null ? method.getDeclaringClass() : target.getClass();
        return Optional.ofNullable(bean.getAnnotation(GlobalTransaction.class));
    }
}
