package io.holdfast.interceptors.tcc;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.LocalParticipant;
import io.holdfast.interceptors.Directory;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** JNDI, transactions and an adapter that notes what happens, in one; a single thread. */
final class FakeAdapter extends OwnTransaction implements Directory {
    final List<String> events = new ArrayList<>();
    int status = Status.STATUS_NO_TRANSACTION;
    private Map<Object, Object> resources = new HashMap<>();
    private int enlistments;

    @Nullable
    LocalParticipant stored;

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public Object find(String name) throws NamingException {
        return switch (name) {
            case "java:comp/TransactionSynchronizationRegistry" ->
                fake(TransactionSynchronizationRegistry.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getTransactionStatus" -> status;
                    case "setRollbackOnly" -> {
                        status = Status.STATUS_MARKED_ROLLBACK;
                        yield null;
                    }
                    case "getResource" -> resources.get(arguments[0]);
                    case "putResource" -> resources.put(arguments[0], arguments[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
            case "java:comp/env/eis/holdfast" ->
                fake(HoldfastConnectionFactory.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getConnection" -> connection();
                    case "enlist" -> {
                        events.add("enlisted beside " + ((Enlisted) arguments[0]).participant());
                        yield enlisted((LocalParticipant) arguments[1]);
                    }
                    case "store" -> {
                        events.add("stored " + withoutNumber((String) arguments[1]));
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
            default -> throw new NameNotFoundException(name);
        };
    }

    private HoldfastConnection connection() {
        return fake(HoldfastConnection.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "enlist" -> {
                    events.add("enlisted in " + status);
                    return enlisted((LocalParticipant) arguments[0]);
                }
                case "close" -> {
                    return null;
                }
                default -> throw new UnsupportedOperationException(method.getName());
            }
        });
    }

    /** Of the try, which is another each time. */
    private static String withoutNumber(String data) {
        return data.replaceAll(",\"try\":\"[^\"]+\"", "");
    }

    private Enlisted enlisted(LocalParticipant given) {
        stored = new LocalParticipant(
                given.application(),
                given.bean(),
                given.method(),
                given.signature(),
                withoutNumber(given.data()),
                given.kind());
        return new Enlisted("t", "p" + ++enlistments);
    }

    @Override
    public @Nullable Object call(Callable<?> work) throws Exception {
        int suspended = status;
        Map<Object, Object> suspendedResources = resources;
        status = Status.STATUS_ACTIVE;
        resources = new HashMap<>();
        events.add("own begins");
        try {
            Object result = work.call();
            events.add("own commits");
            return result;
        } catch (Exception e) {
            events.add("own rolls back");
            throw e;
        } finally {
            status = suspended;
            resources = suspendedResources;
        }
    }
}
