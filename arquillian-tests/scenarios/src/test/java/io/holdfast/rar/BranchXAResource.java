package io.holdfast.rar;

import javax.transaction.xa.Xid;

/** Stands for the adapter's class of that name, so that the kill rule can be checked without a server. */
public final class BranchXAResource {
    public void commit(Xid xid, boolean onePhase) {
        // Nothing to do.
    }
}
