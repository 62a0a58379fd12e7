package io.holdfast.benchmarks.seata;

import io.seata.rm.tcc.api.BusinessActionContext;
import io.seata.rm.tcc.api.BusinessActionContextParameter;
import io.seata.rm.tcc.api.LocalTCC;
import io.seata.rm.tcc.api.TwoPhaseBusinessAction;
import java.util.concurrent.atomic.LongAdder;

/** The customer's account: one of the two participants. */
@LocalTCC
public class Account {
    static final LongAdder CONFIRMED = new LongAdder();

    @TwoPhaseBusinessAction(name = "account", commitMethod = "deduct", rollbackMethod = "unfreeze")
    public boolean freeze(
            @BusinessActionContextParameter("transfer") long transfer,
            @BusinessActionContextParameter("amount") long amount) {
        return true;
    }

    public boolean deduct(BusinessActionContext context) {
        CONFIRMED.increment();
        return true;
    }

    public boolean unfreeze(BusinessActionContext context) {
        throw new IllegalStateException(context.getXid() + " was to be confirmed");
    }
}
