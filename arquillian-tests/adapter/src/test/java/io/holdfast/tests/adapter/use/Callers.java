package io.holdfast.tests.adapter.use;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;

/** Those in whose transactions the adapter is used, beside session beans that leave them to the container. */
@ApplicationScoped
public class Callers {
    @Inject
    private OwnTransaction ownTransaction;

    @Inject
    private Annotated annotated;

    @Inject
    private Later later;

    @Inject
    private JMSContext messages;

    @Resource(lookup = Listener.ERRANDS)
    private Queue errands;

    /** The timer's and the message's transactions are still to come when this returns. */
    public void run(String caller, Errand errand) {
        switch (caller) {
            case "own-transaction" -> ownTransaction.run(errand);
            case "annotated" -> annotated.run(errand);
            case "timer" -> later.run(errand);
            case "message" -> messages.createProducer().send(errands, errand.text());
            default -> throw new IllegalArgumentException("no such caller: " + caller);
        }
    }
}
