package io.holdfast.interceptors;

import java.lang.reflect.Method;
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

    void admit(@Nullable Object target, Method method) {
        String name = nameOf(method);
        JtaTransaction transaction = JtaTransaction.ofThisThread(jndi);
        if (!transaction.isActive()) {
            throw InterceptorMessage.NO_TRANSACTION.exception(name, transaction.status());
        }
        Optional<String> incoming = incomingLra.get();
        if (incoming.isPresent()) {
            throw new IncomingLraException(InterceptorMessage.INCOMING_LRA.with(name, incoming.get()));
        }
        transaction.propagateLra(annotation(target, method)
                .map(found -> TimeLimit.of(found, name))
                .orElse(Duration.ZERO));
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
