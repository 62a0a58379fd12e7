package io.holdfast.sample.counter;

import io.holdfast.interceptors.tcc.Tcc;
import io.holdfast.sample.common.Money;
import io.holdfast.sample.counter.Payment.Step.What;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** The customer's side of a payment: the try freezes the amount, confirm deducts it, and cancel unfreezes it. */
@Stateless
@SuppressWarnings("NullAway.Init")
public class CustomerAccount {
    @Inject
    private CounterBook book;

    @EJB
    private CounterNotes notes;

    /** Called without a transaction it is refused: by default the container would begin one for this call alone, whose commit confirms it at once. */
    @Tcc(confirm = "deduct", cancel = "unfreeze", dataSource = CounterBook.SOURCE)
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void freeze(PaymentOrder order) {
        book.change(tables -> {
            tables.payments().insert(order);
            tables.accounts().freeze(order.customer(), order.amount());
            tables.payments().note(order.id(), What.FROZEN, Money.text(order.amount()) + " frozen");
        });
    }

    public void deduct(PaymentOrder order) {
        book.change(tables -> {
            tables.accounts().deduct(order.customer(), order.amount());
            tables.payments().note(order.id(), What.DEDUCTED, Money.text(order.amount()) + " deducted");
        });
    }

    /**
     * Whatever it throws but a TccRefusedException, the adapter calls it again until it succeeds, and raises an alarm when
     * that takes too many attempts.
     */
    public void unfreeze(PaymentOrder order) {
        if (book.ask(tables -> order.fault()
                .failsUnfreezing(
                        tables.payments().failures(order.id()), tables.alarms().isRaised(order.id())))) {
            notes.unfreezingFailed(order.id(), "unfreezing failed");
            throw new VaultStuckException(order.id());
        }
        book.change(tables -> {
            tables.accounts().unfreeze(order.customer(), order.amount());
            tables.payments().note(order.id(), What.UNFROZEN, Money.text(order.amount()) + " unfrozen");
        });
    }
}
