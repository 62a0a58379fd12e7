package io.holdfast.benchmarks.database;

import com.arjuna.ats.jta.resources.LastResourceCommitOptimisation;
import java.sql.Connection;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A connection that is not XA, in a JTA transaction as the pools of servers take it into one. Confined to one thread. */
record LocalResource(Connection connection) implements XAResource, LastResourceCommitOptimisation {
    /** What a connection does. */
    @FunctionalInterface
    private interface Step {
        void take() throws SQLException;
    }

    private static void take(int failure, Step step) throws XAException {
        try {
            step.take();
        } catch (SQLException e) {
            throw (XAException) new XAException(failure).initCause(e);
        }
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        take(XAException.XAER_RMERR, () -> connection.setAutoCommit(false));
    }

    @Override
    public void end(Xid xid, int flags) {
        // It is at its end when it commits or rolls back.
    }

    /** As the last one, beside others. */
    @Override
    public int prepare(Xid xid) throws XAException {
        commit(xid, true);
        return XA_OK;
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        take(XAException.XA_RBROLLBACK, () -> {
            connection.commit();
            connection.setAutoCommit(true);
        });
    }

    @Override
    public void rollback(Xid xid) throws XAException {
        take(XAException.XAER_RMERR, () -> {
            connection.rollback();
            connection.setAutoCommit(true);
        });
    }

    @Override
    public void forget(Xid xid) {
        // It has no heuristic outcomes.
    }

    @Override
    public Xid[] recover(int flags) {
        return new Xid[0];
    }

    @Override
    public boolean isSameRM(XAResource other) {
        return other == this;
    }

    @Override
    public int getTransactionTimeout() {
        return 0;
    }

    @Override
    public boolean setTransactionTimeout(int seconds) {
        return false;
    }
}
