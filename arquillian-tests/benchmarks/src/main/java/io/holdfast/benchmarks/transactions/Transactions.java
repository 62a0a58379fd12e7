package io.holdfast.benchmarks.transactions;

import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.LocalParticipant;
import io.holdfast.benchmarks.load.Work;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;

/** Transactions of one thread. */
record Transactions(TransactionManager manager, List<Work> resources) implements Work {
    @Override
    public void once() throws Exception {
        manager.begin();
        for (Work resource : resources) {
            resource.once();
        }
        manager.commit();
    }

    /** One row in a table, on a connection that is kept. */
    static Work row(TransactionManager manager, XADataSource source) throws SQLException {
        XAConnection xa = source.getXAConnection();
        XAResource resource = xa.getXAResource();
        Connection connection = xa.getConnection();
        return () -> {
            manager.getTransaction().enlistResource(resource);
            try (PreparedStatement insert = connection.prepareStatement("insert into entry(what) values (?)")) {
                insert.setString(1, "a row of a transaction");
                insert.executeUpdate();
            }
        };
    }

    static void createTable(XADataSource source) throws SQLException {
        XAConnection xa = source.getXAConnection();
        try (Connection connection = xa.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists entry"
                    + "(id bigint generated always as identity primary key, what varchar(100))");
        } finally {
            xa.close();
        }
    }

    static Work localParticipant(HoldfastConnectionFactory adapter) {
        LocalParticipant participant =
                new LocalParticipant(Adapter.APPLICATION, "account", "freeze", "(long)", "[42, \"a reservation\"]");
        return () -> {
            try (HoldfastConnection connection = adapter.getConnection()) {
                connection.enlist(participant);
            }
        };
    }

    static Work dummy(TransactionManager manager) {
        DummyResource resource = new DummyResource();
        return () -> manager.getTransaction().enlistResource(resource);
    }
}
