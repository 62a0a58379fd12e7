package io.holdfast.sample.counter;

import io.holdfast.interceptors.tcc.Tcc;
import io.holdfast.interceptors.tcc.TccRefusedException;
import io.holdfast.sample.common.Money;
import io.holdfast.sample.counter.Account.Side;
import io.holdfast.sample.counter.Payment.Step.What;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** The merchant's side of a payment: the try leaves the account alone, confirm credits it, and cancel has nothing to do. */
@Stateless
@SuppressWarnings("NullAway.Init")
public class MerchantAccount {
    @Inject
    private CounterBook book;

    @EJB
    private CounterNotes notes;

    /** Only looks whether there is such an account. */
    @Tcc(confirm = "credit", cancel = "leave", dataSource = CounterBook.SOURCE)
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void announce(PaymentOrder order) {
        book.change(tables -> tables.accounts().require(order.merchant(), Side.MERCHANT));
    }

    /** @throws TccRefusedException when the account has been closed since the try: no repetition will help */
    public void credit(PaymentOrder order) {
        if (order.fault().closesMerchant()) {
            String reason = "The account of " + order.merchant() + " was closed after the try of payment " + order.id();
            notes.refused(order.id(), reason);
            throw new TccRefusedException(reason);
        }
        book.change(tables -> {
            tables.accounts().credit(order.merchant(), order.amount());
            tables.payments().note(order.id(), What.CREDITED, Money.text(order.amount()) + " credited");
        });
    }

    public void leave(PaymentOrder order) {
        // Nothing was changed, so that there is nothing to take back.
    }
}
