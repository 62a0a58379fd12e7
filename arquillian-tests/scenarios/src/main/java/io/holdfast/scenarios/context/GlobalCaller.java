package io.holdfast.scenarios.context;

import io.holdfast.interceptors.GlobalTransaction;
import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import java.net.URI;

/** Does so in a global transaction, whose LRA is closed by its commit. */
@Stateless
@SuppressWarnings("NullAway.Init")
public class GlobalCaller {
    @EJB
    private Caller caller;

    @GlobalTransaction
    public String book(Way way, URI rooms) throws Exception {
        return caller.book(way, rooms);
    }

    /** Also when the caller is in an LRA. */
    @GlobalTransaction(incoming = GlobalTransaction.Incoming.NESTED)
    public String bookNested(Way way, URI rooms) throws Exception {
        return caller.book(way, rooms);
    }
}
