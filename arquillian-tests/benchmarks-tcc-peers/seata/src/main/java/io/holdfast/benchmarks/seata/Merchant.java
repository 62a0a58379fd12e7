package io.holdfast.benchmarks.seata;

import io.seata.rm.tcc.api.BusinessActionContext;
import io.seata.rm.tcc.api.BusinessActionContextParameter;
import io.seata.rm.tcc.api.LocalTCC;
import io.seata.rm.tcc.api.TwoPhaseBusinessAction;
import java.util.concurrent.atomic.LongAdder;

/** The merchant's account: the other participant. */
@LocalTCC
public class Merchant {
    static final LongAdder CONFIRMED = new LongAdder();

    @TwoPhaseBusinessAction(name = "merchant", commitMethod = "credit", rollbackMethod = "drop")
    public boolean announce(
            @BusinessActionContextParameter("transfer") long transfer,
            @BusinessActionContextParameter("amount") long amount) {
        return true;
    }

    public boolean credit(BusinessActionContext context) {
        CONFIRMED.increment();
        return true;
    }

    public boolean drop(BusinessActionContext context) {
        throw new IllegalStateException(context.getXid() + " was to be confirmed");
    }
}
