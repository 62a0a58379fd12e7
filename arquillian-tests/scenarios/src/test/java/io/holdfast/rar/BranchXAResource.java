package io.holdfast.rar;

import javax.transaction.xa.Xid;

/** Stands for the adapter's class of that name, so that the kill rules can be checked without it. */
public final class BranchXAResource {
    public int prepare(Xid xid) {
        return xid.getFormatId();
    }

    public void commit(Xid xid, boolean onePhase) {}

    public void rollback(Xid xid) {}

    public Xid[] recover(int flags) {
        return new Xid[flags];
    }
}
