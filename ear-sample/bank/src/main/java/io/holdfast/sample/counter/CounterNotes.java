package io.holdfast.sample.counter;

import io.holdfast.sample.counter.Payment.Step.What;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Notes what has to outlast the transaction of a confirm or cancel that fails. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
@SuppressWarnings("NullAway.Init")
public class CounterNotes {
    @Inject
    private CounterBook book;

    /** Once, also when a crash lets the refusal be repeated. */
    public void refused(String payment, String reason) {
        book.change(tables -> {
            if (tables.payments().refusal(payment).isEmpty()) {
                tables.payments().note(payment, What.REFUSED, reason);
            }
        });
    }

    public void unfreezingFailed(String payment, String reason) {
        book.change(tables -> tables.payments().noteFailure(payment, reason));
    }

    /** Replaces an earlier one of the same participant. */
    public void alarm(RaisedAlarm alarm) {
        book.change(tables -> tables.alarms().put(alarm));
    }
}
