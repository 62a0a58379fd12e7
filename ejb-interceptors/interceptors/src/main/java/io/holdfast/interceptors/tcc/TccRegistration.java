package io.holdfast.interceptors.tcc;

import io.holdfast.api.LocalDispatcher;
import io.holdfast.api.LocalRegistration;
import io.holdfast.interceptors.ConnectionFactories;
import io.holdfast.interceptors.Directory;
import jakarta.enterprise.concurrent.ContextService;

/**
 * Registers an application's dispatcher at the adapter. Apart from {@link TccExtension}, which is loaded in every application, also where
 * the adapter and its API are not.
 */
final class TccRegistration {
    private TccRegistration() {}

    static LocalRegistration of(String application, ContextService contexts, TccDispatcher dispatcher) {
        return ConnectionFactories.find(Directory.JNDI).register(application, inContext(contexts, dispatcher));
    }

    /** With one more proxy for each call, since Payara notes the transaction of a call with its proxy, which several at a time would share. */
    private static LocalDispatcher inContext(ContextService contexts, LocalDispatcher dispatcher) {
        LocalDispatcher each = call -> contexts.createContextualProxy(dispatcher, LocalDispatcher.class)
                .dispatch(call);
        return contexts.createContextualProxy(each, LocalDispatcher.class);
    }
}
