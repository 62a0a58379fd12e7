package io.holdfast.coordinator.operations;

import io.holdfast.coordinator.input.Bounds;
import io.holdfast.coordinator.input.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.management.AttributeNotFoundException;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.RuntimeMBeanException;
import org.jspecify.annotations.Nullable;

/**
 * The resource adapters of the same server, as their MBeans show them: a resource adapter can have no servlets, and this application has
 * none of its classes. Futures fail with what an adapter's operation throws: {@link InvalidInputException} for an argument out of
 * bounds, {@link NotPossibleException} when the branch is not in a state for it, {@link UnknownAdapterException}, where nothing has changed;
 * {@link AdapterFailedException}. With a {@link RejectedExecutionException} when {@value #MOST} wait for an adapter already: the threads are those
 * of the coordinator too, and an adapter whose disk hangs must not take them all. Thread-safe.
 */
public final class Adapters {
    private static final int MOST = 2;
    private static final String NODE = "node";
    private static final String ALL = "io.holdfast:type=ResourceAdapter," + NODE + "=*";
    private static final String TEXT = String.class.getName();

    private final MBeanServer server;
    private final Executor executor;
    private final Semaphore free = new Semaphore(MOST);

    /** @param executor runs what waits for an adapter */
    public Adapters(MBeanServer server, Executor executor) {
        this.server = server;
        this.executor = executor;
    }

    /** An adapter's MBean, whose methods wait for it. Thread-safe. */
    public static final class Adapter {
        private final MBeanServer server;
        private final ObjectName name;

        private Adapter(MBeanServer server, ObjectName name) {
            this.server = server;
            this.name = name;
        }

        public String node() {
            return name.getKeyProperty(NODE);
        }

        /** As the types of {@link javax.management.openmbean} have it. */
        public @Nullable Object attribute(String attribute) {
            try {
                return server.getAttribute(name, attribute);
            } catch (RuntimeMBeanException thrown) {
                throw meaning(thrown);
            } catch (InstanceNotFoundException stopped) {
                throw new UnknownAdapterException(node());
            } catch (MBeanException | AttributeNotFoundException | ReflectionException other) {
                throw new IllegalStateException(attribute + " of " + name + ": " + other, other);
            }
        }

        /** @param arguments texts, as all of them are */
        public @Nullable Object invoke(String operation, String... arguments) {
            String[] types = new String[arguments.length];
            Arrays.fill(types, TEXT);
            try {
                return server.invoke(name, operation, arguments, types);
            } catch (RuntimeMBeanException thrown) {
                throw meaning(thrown);
            } catch (InstanceNotFoundException stopped) {
                throw new UnknownAdapterException(node());
            } catch (MBeanException | ReflectionException other) {
                throw new IllegalStateException(operation + " of " + name + ": " + other, other);
            }
        }

        /** The branch with that Xid, id or LRA; empty when there is none. */
        public Optional<Object> find(String branch) {
            return Optional.ofNullable(invoke("find", branch));
        }

        private RuntimeException meaning(RuntimeMBeanException thrown) {
            RuntimeException cause = thrown.getTargetException();
            if (cause instanceof IllegalArgumentException) {
                return new InvalidInputException(String.valueOf(cause.getMessage()));
            } else if (cause instanceof IllegalStateException) {
                return new NotPossibleException(String.valueOf(cause.getMessage()));
            }
            return new AdapterFailedException(node(), cause);
        }
    }

    /** Does something with the one of that node id, in a thread that may wait. */
    public <T> CompletableFuture<T> with(String node, Function<Adapter, T> work) {
        return later(() -> work.apply(running().stream()
                .filter(adapter -> adapter.node().equals(node))
                .findFirst()
                .orElseThrow(() -> new UnknownAdapterException(Bounds.shown(node)))));
    }

    /** Does something with all of them. */
    public <T> CompletableFuture<T> withAll(Function<List<Adapter>, T> work) {
        return later(() -> work.apply(running()));
    }

    private <T> CompletableFuture<T> later(Supplier<T> work) {
        if (!free.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new RejectedExecutionException(MOST + " requests wait for a resource adapter already; ask again"));
        }
        return CompletableFuture.supplyAsync(work, executor).whenComplete((done, failed) -> free.release());
    }

    /** By their node ids. */
    private List<Adapter> running() {
        try {
            return server.queryNames(new ObjectName(ALL), null).stream()
                    .sorted()
                    .map(name -> new Adapter(server, name))
                    .toList();
        } catch (MalformedObjectNameException wrong) {
            throw new IllegalStateException(wrong);
        }
    }
}
