package io.holdfast.interceptors.idempotent;

import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.jdbc.Dialect;
import io.holdfast.interceptors.jdbc.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of a business row. */
record GuardedState(Operation operation, Object id) implements Repetition {
    @Override
    public String key() {
        return Key.text(id);
    }

    @Override
    public Admission admit(Connection connection) throws SQLException {
        StateGuard guard = operation.guard();
        Dialect dialect = Dialect.of(connection);
        List<Object> values = new ArrayList<>();
        values.add(dialect.untyped(guard.to()));
        values.add(rowId());
        for (String from : guard.from()) {
            values.add(dialect.untyped(from));
        }
        int changed = Statements.update(connection, update(guard), values.toArray());
        if (changed > 1) {
            throw new IdempotentException(
                    InterceptorMessage.GUARD_OF_SEVERAL_ROWS.with(
                            operation.name(), changed, guard.table(), guard.id(), key()),
                    null);
        }
        if (changed == 1) {
            return Admission.FIRST;
        }
        String query =
                "select " + guard.state() + " from " + guard.table() + " where " + guard.id() + " = ? for update";
        Optional<String> state = Statements.text(connection, query, rowId());
        boolean repeated = state.isPresent()
                && (state.get().equals(guard.to()) || List.of(guard.later()).contains(state.get()));
        if (repeated) {
            return Admission.REPEATED;
        }
        throw new StateConflictException(InterceptorMessage.STATE_CONFLICT.with(
                operation.name(), guard.table(), key(), state.orElse("no row"), String.join(", ", guard.from())));
    }

    @Override
    public void keep(Connection connection, @Nullable Object result) {
        // The row's state says all there is to say.
    }

    @Override
    public @Nullable Object result(String stored) {
        return null;
    }

    private Object rowId() {
        return id instanceof Enum<?> || id instanceof Character ? key() : id;
    }

    private static String update(StateGuard guard) {
        String version = guard.version().isEmpty() ? "" : ", " + guard.version() + " = " + guard.version() + " + 1";
        String places = String.join(", ", Collections.nCopies(guard.from().length, "?"));
        return "update " + guard.table() + " set " + guard.state() + " = ?" + version + " where " + guard.id()
                + " = ? and " + guard.state() + " in (" + places + ")";
    }
}
