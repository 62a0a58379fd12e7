package io.holdfast.lra.runtime;

import io.holdfast.lra.model.ResourceModel;
import java.util.Optional;

/** The classes of the application that can take part in LRAs, and their instances. Implementations are thread-safe. */
public interface Participants {
    /** What the annotations of a class mean; read now if it was not found at deployment. Empty for one whose annotations are wrong. */
    Optional<ResourceModel> model(Class<?> type);

    /** What the annotations of a class mean that was found at deployment. */
    Optional<ResourceModel> found(Class<?> type);

    /** A class with callbacks that are no JAX-RS methods. */
    Optional<Class<?>> withPlainCallbacks(String classId);

    /** What an address calls a class. */
    static String idOf(Class<?> type) {
        return CallbackTokens.classId(type);
    }

    /** Its bean, or an instance made for one call; closed after the call. */
    Instance instance(Class<?> type);

    /** An object to call. */
    interface Instance extends AutoCloseable {
        Object get();

        @Override
        void close();
    }
}
