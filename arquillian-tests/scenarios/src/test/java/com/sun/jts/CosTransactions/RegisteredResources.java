package com.sun.jts.CosTransactions;

/** Stands for the class of that name in Payara, so that the kill rule can be checked without a server. */
public final class RegisteredResources {
    void distributeCommit() {}
}
