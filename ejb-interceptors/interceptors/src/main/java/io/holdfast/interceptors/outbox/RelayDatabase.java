package io.holdfast.interceptors.outbox;

import io.holdfast.interceptors.fence.OwnTransactions;
import java.sql.Connection;
import javax.sql.DataSource;

/** The outbox's database, as a relay uses it. Implementations are thread-safe. */
interface RelayDatabase {
    /** In a transaction of its own. */
    <T> T call(OwnTransactions.Work<T> work) throws Exception;

    /** Takes a turn in one transaction of its own, in which the sends are not. */
    Turn.Outcome take(Turn turn) throws Exception;

    /** By commit and rollback of one connection. */
    record Local(OwnTransactions transactions) implements RelayDatabase {
        @Override
        public <T> T call(OwnTransactions.Work<T> work) throws Exception {
            return transactions.call(work);
        }

        @Override
        public Turn.Outcome take(Turn turn) throws Exception {
            return transactions.call(connection -> {
                if (!turn.read(connection)) {
                    return Turn.Outcome.NOTHING;
                }
                turn.send();
                return turn.settle(connection);
            });
        }
    }

    /**
     * By JTA. The connection is given back while the turn sends, and the transaction keeps it and its locks: a server may take part with a
     * connection that the component has open in each transaction that is begun, and so also in that of the sends.
     */
    record InJta(Transactions transactions, DataSource source) implements RelayDatabase {
        @Override
        public <T> T call(OwnTransactions.Work<T> work) throws Exception {
            return transactions.call(() -> use(work));
        }

        @Override
        public Turn.Outcome take(Turn turn) throws Exception {
            return transactions.call(() -> {
                if (!use(turn::read)) {
                    return Turn.Outcome.NOTHING;
                }
                turn.send();
                return use(turn::settle);
            });
        }

        private <T> T use(OwnTransactions.Work<T> work) throws Exception {
            try (Connection connection = source.getConnection()) {
                return work.on(connection);
            }
        }
    }
}
