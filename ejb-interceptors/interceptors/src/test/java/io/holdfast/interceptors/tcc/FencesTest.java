package io.holdfast.interceptors.tcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.Enlisted;
import io.holdfast.api.LocalAnswer;
import io.holdfast.api.LocalCall;
import io.holdfast.api.LocalCall.Decision;
import io.holdfast.api.LocalParticipant;
import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.jdbc.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Which database a participant's fence is in, and that it stays there whatever becomes of the application. */
class FencesTest {
    private static final String OTHER = "java:app/jdbc/other";

    private final FakeAdapter server = new FakeAdapter();
    private final Map<String, Object> names = new HashMap<>();
    private boolean directoryIsAway;
    private final Directory jndi = this::find;
    private final TccBeans beans = new TccBeans();
    private final List<String> called = new ArrayList<>();

    private Object find(String name) throws NamingException {
        if (!name.contains("jdbc")) {
            return server.find(name);
        }
        if (directoryIsAway) {
            throw new NamingException("the directory does not answer");
        }
        if (!names.containsKey(name)) {
            NamingException missing = new NamingException("Lookup failed");
            missing.setRootCause(new NameNotFoundException(name));
            throw missing;
        }
        return names.get(name);
    }

    /** As a server's in its JTA transactions: what is done commits by itself afterwards. */
    private static DataSource inTransactions(DataSource source) {
        return (DataSource) Proxy.newProxyInstance(
                FencesTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> open(source.getConnection()));
    }

    private static Connection open(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        return (Connection) Proxy.newProxyInstance(
                FencesTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        connection.commit();
                    }
                    return method.invoke(connection, arguments);
                });
    }

    public static class Account {
        @Tcc(confirm = "deduct", cancel = "unfreeze")
        public void freeze(long amount) {}

        public void deduct(long amount) {}

        public void unfreeze(long amount) {}
    }

    public static class Unfenced {
        @Tcc(confirm = "deduct", cancel = "unfreeze", fence = false)
        public void freeze(long amount) {}

        public void deduct(long amount) {}

        public void unfreeze(long amount) {}
    }

    private TccMethod method(Class<?> type) {
        try {
            TccMethod found = TccReader.read(type, type.getMethod("freeze", long.class));
            beans.add(found);
            return found;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private LocalAnswer decide(Fences fences, Decision decision, Class<?> type, Optional<String> fence) {
        TccMethod method = method(type);
        String data = method.write(new Object[] {42L}, null, new TryNotes(fence, "", false));
        var participant = new LocalParticipant("shop/web", type.getName(), "freeze", "(long)", data);
        return new TccDispatcher(
                        jndi,
                        beans,
                        fences,
                        new Tries(),
                        server,
                        (tcc, callback, arguments) -> called.add(callback.getName()),
                        alarm -> {})
                .dispatch(new LocalCall(new Enlisted("t", "p"), participant, decision, 1));
    }

    @Test
    void a_try_without_a_fence_is_cancelled_without_one_by_a_version_that_has_one() throws SQLException {
        names.put(Fences.DEFAULT, inTransactions(TestDatabase.H2.empty()));
        assertThat(decide(new Fences(jndi), Decision.CANCEL, Account.class, Optional.of("")))
                .isEqualTo(new LocalAnswer.Done());
        assertThat(called).containsExactly("unfreeze");
    }

    @Test
    void a_try_behind_a_fence_is_confirmed_and_cancelled_behind_it_by_a_version_that_has_none() throws SQLException {
        DataSource other = inTransactions(TestDatabase.H2.empty());
        names.put(OTHER, other);
        // The fence knows no try: nothing to cancel, nothing to confirm.
        assertThat(decide(new Fences(jndi), Decision.CANCEL, Unfenced.class, Optional.of(OTHER)))
                .isEqualTo(new LocalAnswer.Done());
        assertThat(decide(new Fences(jndi), Decision.CONFIRM, Unfenced.class, Optional.of(OTHER)))
                .isInstanceOf(LocalAnswer.Refused.class);
        assertThat(called).isEmpty();
    }

    @Test
    void a_fence_whose_database_is_not_there_any_more_is_waited_for() {
        assertThat(decide(new Fences(jndi), Decision.CANCEL, Account.class, Optional.of(OTHER)))
                .isInstanceOf(LocalAnswer.Failed.class)
                .asString()
                .contains("HFINT068", OTHER);
        assertThat(called).isEmpty();
    }

    @Test
    void what_earlier_releases_have_recorded_is_behind_the_fence_that_the_annotation_names() throws SQLException {
        names.put(Fences.DEFAULT, inTransactions(TestDatabase.H2.empty()));
        assertThat(decide(new Fences(jndi), Decision.CANCEL, Account.class, Optional.empty()))
                .isEqualTo(new LocalAnswer.Done());
        assertThat(called).isEmpty();
    }

    @Test
    void a_default_that_is_not_there_is_no_fence_but_waited_for_by_who_was_behind_it() throws SQLException {
        Fences fences = new Fences(jndi);
        assertThat(fences.of(method(Account.class))).isEmpty();
        assertThat(decide(fences, Decision.CANCEL, Account.class, Optional.of(Fences.DEFAULT)))
                .isInstanceOf(LocalAnswer.Failed.class);

        names.put(Fences.DEFAULT, inTransactions(TestDatabase.H2.empty()));
        assertThat(decide(fences, Decision.CANCEL, Account.class, Optional.of(Fences.DEFAULT)))
                .isEqualTo(new LocalAnswer.Done());
        assertThat(called).isEmpty();
    }

    @Test
    void a_directory_that_does_not_answer_does_not_mean_that_there_is_no_fence() throws SQLException {
        Fences fences = new Fences(jndi);
        TccMethod method = method(Account.class);
        directoryIsAway = true;
        assertThatThrownBy(() -> fences.of(method))
                .hasMessageContaining("HFINT068")
                .hasMessageContaining("does not answer");

        directoryIsAway = false;
        names.put(Fences.DEFAULT, inTransactions(TestDatabase.H2.empty()));
        assertThat(fences.of(method)).isPresent();
    }
}
