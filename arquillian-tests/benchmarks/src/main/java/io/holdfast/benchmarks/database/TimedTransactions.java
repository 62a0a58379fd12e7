package io.holdfast.benchmarks.database;

import io.holdfast.benchmarks.load.Latencies;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/** A data source that notes how long each of its connections is in use. Thread-safe. */
final class TimedTransactions {
    private final DataSource source;
    private Latencies latencies = new Latencies();

    TimedTransactions(DataSource source) {
        this.source = source;
    }

    DataSource source() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = method.invoke(source, arguments);
            return result instanceof Connection connection ? timed(connection) : result;
        });
    }

    private Connection timed(Connection connection) {
        long begin = System.nanoTime();
        return proxy(Connection.class, (proxy, method, arguments) -> {
            Object result = method.invoke(connection, arguments);
            if (method.getName().equals("close")) {
                add(System.nanoTime() - begin);
            }
            return result;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        InvocationHandler unwrapping = (proxy, method, arguments) -> {
            try {
                return handler.invoke(proxy, method, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, unwrapping));
    }

    private synchronized void add(long nanos) {
        latencies.add(nanos);
    }

    synchronized void forget() {
        latencies = new Latencies();
    }

    /** Since the last {@link #forget}. */
    synchronized Latencies taken() {
        Latencies taken = latencies;
        latencies = new Latencies();
        return taken;
    }
}
