package io.holdfast.interceptors.tcc;

import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.fence.Fence;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** The data sources of the fences of one application, and whether their table is there. Thread-safe. */
final class Fences {
    /** Where the data source is looked for that an annotation does not name. */
    static final String DEFAULT = "java:comp/env/jdbc/holdfast";

    private final Directory jndi;
    private final Fence fence = new Fence();
    private final Map<String, Optional<DataSource>> found = new ConcurrentHashMap<>();
    private final Map<String, Boolean> created = new ConcurrentHashMap<>();

    Fences(Directory jndi) {
        this.jndi = jndi;
    }

    Fence fence() {
        return fence;
    }

    /**
     * The data source of the method's fence; empty when it has no fence.
     *
     * @throws IllegalArgumentException when it names one that is not there
     */
    Optional<DataSource> of(TccMethod method) {
        return method.fence()
                ? found.computeIfAbsent(method.dataSource(), name -> find(name, method))
                : Optional.empty();
    }

    private Optional<DataSource> find(String name, TccMethod method) {
        Object bound;
        try {
            bound = jndi.find(name.isEmpty() ? DEFAULT : name);
        } catch (NamingException missing) {
            if (name.isEmpty()) {
                return Optional.empty();
            }
            throw new IllegalArgumentException(
                    InterceptorMessage.NO_DATA_SOURCE.with(method.name(), name, missing), missing);
        }
        if (bound instanceof DataSource database) {
            return Optional.of(database);
        }
        throw new IllegalArgumentException(InterceptorMessage.NO_DATA_SOURCE.with(
                method.name(), name.isEmpty() ? DEFAULT : name, bound.getClass().getName()));
    }

    /** Makes the table unless it is known to be there; to be called outside any transaction. */
    void prepare(TccMethod method) throws SQLException {
        Optional<DataSource> database = of(method);
        if (database.isPresent() && !created.containsKey(method.dataSource())) {
            fence.createTable(database.get());
            created.put(method.dataSource(), true);
        }
    }
}
