package com.sun.jts.CosTransactions;

/** Stands for the class of that name in Payara, so that the kill rules can be checked without a server. */
public final class CoordinatorLog {
    boolean write(boolean force) {
        return force;
    }
}
