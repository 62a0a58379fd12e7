package io.holdfast.interceptors.tcc;

import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalDispatcher;
import io.holdfast.api.LocalRegistration;
import io.holdfast.api.ParticipantAlarm;
import io.holdfast.interceptors.ConnectionFactories;
import io.holdfast.interceptors.Directory;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.inject.spi.BeanManager;

/**
 * Registers an application's dispatcher at the adapter. Apart from {@link TccExtension}, which is loaded in every application, also where
 * the adapter and its API are not.
 */
final class TccRegistration {
    private TccRegistration() {}

    /** @return ends it */
    static Runnable of(
            Directory jndi,
            String application,
            ContextService contexts,
            BeanManager manager,
            TccBeans beans,
            Fences fences,
            Tries tries,
            OwnTransaction own) {
        LocalDispatcher dispatcher = new TccDispatcher(
                jndi, beans, fences, tries, own, new BeanInvoker(manager, beans), alarm -> manager.getEvent()
                        .select(ParticipantAlarm.class)
                        .fire(alarm));
        LocalRegistration registration =
                ConnectionFactories.find(jndi).register(application, inContext(contexts, dispatcher, jndi));
        return registration::close;
    }

    /** With one more proxy for each call on Payara, which notes the transaction of a call with its proxy, so that several at a time would share it. */
    private static LocalDispatcher inContext(ContextService contexts, LocalDispatcher dispatcher, Directory jndi) {
        if (OwnTransaction.find(jndi).isEmpty()) {
            return contexts.createContextualProxy(dispatcher, LocalDispatcher.class);
        }
        return contexts.createContextualProxy(
                new LocalDispatcher() {
                    @Override
                    public LocalAnswer dispatch(LocalCall call) {
                        return fresh().dispatch(call);
                    }

                    @Override
                    public void alarm(ParticipantAlarm alarm) {
                        fresh().alarm(alarm);
                    }

                    private LocalDispatcher fresh() {
                        return contexts.createContextualProxy(dispatcher, LocalDispatcher.class);
                    }
                },
                LocalDispatcher.class);
    }
}
