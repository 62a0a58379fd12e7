package io.holdfast.interceptors.tcc;

import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.interceptors.jdbc.Statements;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One account book, both of whose sides are beans with {@code @Tcc}, called as on a server: tries through {@link TryCall}, decisions
 * through {@link TccDispatcher}, and both behind the fence in the book's own database. Decisions do not wait for tries that are under way, as
 * after a restart, so that the fence alone holds. Thread-safe.
 */
final class TccBook implements AutoCloseable {
    static final int MONEY = 1_000;

    enum Side {
        CUSTOMER,
        MERCHANT
    }

    /** The customer has too little. */
    static final class TooLittleException extends Exception {}

    private final FakeContainer container;
    private final Fences fences;
    private final Map<Side, TccMethod> methods;
    private final Map<Class<?>, Object> instances;
    private final TccDispatcher dispatcher;

    /** @param fence false shows what happens without one */
    TccBook(DataSource database, FakeContainer.Adapter adapter, boolean fence) throws SQLException {
        container = new FakeContainer(database, adapter);
        fences = new Fences(container);
        methods = Map.of(
                Side.CUSTOMER,
                read(Customer.class, "freeze", fence),
                Side.MERCHANT,
                read(Merchant.class, "expect", fence));
        instances = Map.of(
                Customer.class,
                new Customer(container.dataSource()),
                Merchant.class,
                new Merchant(container.dataSource()));
        TccBeans beans = new TccBeans();
        for (TccMethod method : methods.values()) {
            beans.add(method);
            fences.prepare(method);
        }
        dispatcher = new TccDispatcher(
                container,
                beans,
                fences,
                new Tries(),
                container,
                (method, callback, arguments) -> invoke(instances.get(method.bean()), callback, arguments),
                alarm -> {});
        try (Connection connection = database.getConnection()) {
            Statements.update(
                    connection,
                    "create table book (side varchar(10) primary key, balance int not null, frozen int not null)");
            Statements.update(connection, "create table effect (transfer varchar(100), what varchar(100))");
            Statements.update(connection, "insert into book values ('CUSTOMER', ?, 0)", MONEY);
            Statements.update(connection, "insert into book values ('MERCHANT', 0, 0)");
        }
    }

    /** The customer's account: money is frozen, and later deducted or given back. */
    public static class Customer {
        private final DataSource database;

        Customer(DataSource database) {
            this.database = database;
        }

        @Tcc(confirm = "deduct", cancel = "unfreeze")
        public String freeze(String transfer, int amount) throws SQLException, TooLittleException {
            int changed = change(
                    database,
                    "update book set balance = balance - ?, frozen = frozen + ? where side = 'CUSTOMER' and balance >= ?",
                    amount,
                    amount,
                    amount);
            if (changed == 0) {
                throw new TooLittleException();
            }
            note(database, transfer, "freeze");
            return "ticket of " + transfer;
        }

        public void deduct(String transfer, int amount, String ticket) throws SQLException {
            change(database, "update book set frozen = frozen - ? where side = 'CUSTOMER'", amount);
            note(database, transfer, "deduct with " + ticket);
        }

        public void unfreeze(String transfer, int amount) throws SQLException {
            change(
                    database,
                    "update book set balance = balance + ?, frozen = frozen - ? where side = 'CUSTOMER'",
                    amount,
                    amount);
            note(database, transfer, "unfreeze");
        }
    }

    /** The merchant's: it gets the money by the confirm. */
    public static class Merchant {
        private final DataSource database;

        Merchant(DataSource database) {
            this.database = database;
        }

        @Tcc(confirm = "credit", cancel = "drop")
        public void expect(String transfer, int amount) throws SQLException {
            note(database, transfer, "expect");
        }

        public void credit(String transfer, int amount) throws SQLException {
            change(database, "update book set balance = balance + ? where side = 'MERCHANT'", amount);
            note(database, transfer, "credit");
        }

        public void drop(String transfer, int amount) throws SQLException {
            note(database, transfer, "drop");
        }
    }

    FakeContainer container() {
        return container;
    }

    /** The try of that side, as a client of the bean calls it. */
    @Nullable
    Object tries(Side side, String transfer, int amount) throws Exception {
        TccMethod method = method(side);
        Object[] arguments = {transfer, amount};
        return new TryCall(container, "shop/book", method, fences, new Tries(), container)
                .run(arguments, () -> invoke(instances.get(method.bean()), method.attempt(), arguments));
    }

    LocalAnswer dispatch(LocalCall call) {
        return dispatcher.dispatch(call);
    }

    TccMethod method(Side side) {
        return Optional.ofNullable(methods.get(side)).orElseThrow();
    }

    void reset() throws Exception {
        container.call(() -> {
            change(container.dataSource(), "update book set balance = ?, frozen = 0 where side = 'CUSTOMER'", MONEY);
            change(container.dataSource(), "update book set balance = 0, frozen = 0 where side = 'MERCHANT'");
            change(container.dataSource(), "delete from effect");
            return null;
        });
    }

    int balance(Side side) throws Exception {
        return number("select balance from book where side = ?", side);
    }

    int frozen(Side side) throws Exception {
        return number("select frozen from book where side = ?", side);
    }

    /** What was done for it and has committed, in no order. */
    List<String> effects(String transfer) throws Exception {
        List<String> effects = new ArrayList<>();
        container.call(() -> {
            try (Connection connection = container.dataSource().getConnection();
                    PreparedStatement query =
                            connection.prepareStatement("select what from effect where transfer = ?")) {
                query.setString(1, transfer);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        effects.add(rows.getString(1));
                    }
                }
            }
            return null;
        });
        return effects;
    }

    @Override
    public void close() throws SQLException {
        container.close();
    }

    private int number(String query, Side side) throws Exception {
        Object number = container.call(() -> {
            try (Connection connection = container.dataSource().getConnection()) {
                return Statements.text(connection, query, side.name()).orElseThrow();
            }
        });
        return Integer.parseInt(String.valueOf(number));
    }

    private static int change(DataSource database, String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Statements.update(connection, sql, values);
        }
    }

    private static void note(DataSource database, String transfer, String what) throws SQLException {
        change(database, "insert into effect values (?, ?)", transfer, what);
    }

    private static @Nullable Object invoke(@Nullable Object bean, Method method, @Nullable Object[] arguments)
            throws Exception {
        try {
            return method.invoke(bean, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof Exception cause ? cause : thrown;
        }
    }

    private static TccMethod read(Class<?> bean, String name, boolean fence) {
        try {
            TccMethod read = TccReader.read(bean, bean.getMethod(name, String.class, int.class));
            return new TccMethod(
                    read.bean(),
                    read.attempt(),
                    read.confirm(),
                    read.cancel(),
                    new Fencing(
                            fence && read.fencing().used(),
                            read.fencing().traced(),
                            read.fencing().dataSource()));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
