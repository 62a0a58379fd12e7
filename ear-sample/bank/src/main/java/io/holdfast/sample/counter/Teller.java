package io.holdfast.sample.counter;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/**
 * Pays from one of the bank's accounts to another, in a JTA transaction that has both TCC participants and nothing else: no row of its own
 * and no LRA. So the adapter alone decides, and a first confirm that is refused cancels everything.
 */
@Stateless
@SuppressWarnings("NullAway.Init")
public class Teller {
    @EJB
    private MerchantAccount merchants;

    @EJB
    private CustomerAccount customers;

    /** The merchant's side comes first, since it may refuse: who has tried first is the one that is told to confirm before the others. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public void pay(PaymentOrder order) {
        merchants.announce(order);
        customers.freeze(order);
    }
}
