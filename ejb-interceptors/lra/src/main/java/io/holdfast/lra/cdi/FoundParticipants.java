package io.holdfast.lra.cdi;

import io.holdfast.lra.model.Problem;
import io.holdfast.lra.model.ResourceModel;
import io.holdfast.lra.runtime.Participants;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Unmanaged;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The participants of one application: those found at its deployment, and resource classes that are no beans when they are first called. */
final class FoundParticipants implements Participants {
    private final LraExtension found;
    private final BeanManager manager;
    private final Map<Class<?>, Optional<ResourceModel>> later = new ConcurrentHashMap<>();
    private final Map<String, Class<?>> byId = new ConcurrentHashMap<>();

    /** @param more classes of the application, which need not be beans; those that the extension has found may be among them */
    FoundParticipants(LraExtension found, BeanManager manager, List<Class<?>> more) {
        this.found = found;
        this.manager = manager;
        found.models().values().forEach(this::register);
        more.forEach(this::model);
    }

    @Override
    public Optional<ResourceModel> model(Class<?> type) {
        ResourceModel known = found.models().get(type);
        return known == null ? later.computeIfAbsent(type, this::read) : Optional.of(known);
    }

    @Override
    public Optional<ResourceModel> found(Class<?> type) {
        return Optional.ofNullable(found.models().get(type));
    }

    private Optional<ResourceModel> read(Class<?> type) {
        ResourceModel.Reading reading = ResourceModel.read(type);
        reading.problems().forEach(Problem::log);
        if (reading.problems().stream().anyMatch(Problem::stopsDeployment)) {
            throw new IllegalStateException(reading.problems().get(0).line());
        }
        register(reading.model());
        return Optional.of(reading.model());
    }

    private void register(ResourceModel model) {
        if (model.hasPlainCallbacks()) {
            byId.put(Participants.idOf(model.type()), model.type());
        }
    }

    @Override
    public Optional<Class<?>> withPlainCallbacks(String classId) {
        return Optional.ofNullable(byId.get(classId));
    }

    @Override
    public Instance instance(Class<?> type) {
        return found.bean(type)
                .<Instance>map(bean -> new Contextual<>(bean, type))
                .orElseGet(() -> new Own<>(type));
    }

    /** A bean of the application. */
    private final class Contextual<T> implements Instance {
        private final CreationalContext<T> context;
        private final Object reference;
        private final boolean isOwn;

        Contextual(Bean<T> bean, Class<?> type) {
            context = manager.createCreationalContext(bean);
            reference = manager.getReference(bean, type, context);
            isOwn = bean.getScope() == Dependent.class;
        }

        @Override
        public Object get() {
            return reference;
        }

        @Override
        public void close() {
            if (isOwn) {
                context.release();
            }
        }
    }

    /** An object of a class that is no bean, with its injections. */
    private final class Own<T> implements Instance {
        private final Unmanaged.UnmanagedInstance<T> instance;

        Own(Class<T> type) {
            instance = new Unmanaged<>(manager, type).newInstance();
            instance.produce().inject().postConstruct();
        }

        @Override
        public Object get() {
            return instance.get();
        }

        @Override
        public void close() {
            instance.preDestroy().dispose();
        }
    }
}
