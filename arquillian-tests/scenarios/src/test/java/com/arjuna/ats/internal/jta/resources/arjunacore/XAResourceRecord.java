package com.arjuna.ats.internal.jta.resources.arjunacore;

/** Stands for Narayana's class of that name, so that the kill rule can be checked without a server. */
public final class XAResourceRecord {
    public int topLevelCommit() {
        return 0;
    }
}
