package com.arjuna.ats.arjuna.coordinator;

/** Stands for Narayana's class of that name, so that the kill rules can be checked without a server. */
public class BasicAction {
    protected final int prepare(boolean reportHeuristics) {
        return write_committed() ? 1 : 0;
    }

    /** As the store's method is called. */
    @SuppressWarnings("MethodName")
    private boolean write_committed() {
        return true;
    }
}
