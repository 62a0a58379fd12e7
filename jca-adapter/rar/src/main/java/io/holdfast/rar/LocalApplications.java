package io.holdfast.rar;

import io.holdfast.api.LocalDispatcher;
import io.holdfast.api.LocalRegistration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The applications that take decisions, by name. They register once, however often the adapter is started anew beneath them (Payara does
 * that when a property changes), so that those of the whole server are kept together. Thread-safe.
 */
final class LocalApplications {
    static final LocalApplications OF_ALL_ADAPTERS = new LocalApplications();

    private final Map<String, LocalApplication> byName = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    LocalRegistration register(String name, LocalDispatcher dispatcher) {
        LocalAddress.checkName("application", name, 1);
        LocalApplication application = new LocalApplication(name, dispatcher, closed -> byName.remove(name, closed));
        byName.put(name, application);
        AdapterMessage.APPLICATION_REGISTERED.log(name);
        listeners.forEach(listener -> listener.accept(name));
        return application;
    }

    Optional<LocalApplication> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * @param listener hears of applications that register from now on
     * @return ends that
     */
    Runnable listen(Consumer<String> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
