package io.holdfast.interceptors.tcc;

import io.holdfast.interceptors.Directory;
import io.holdfast.interceptors.InterceptorMessage;
import io.holdfast.interceptors.fence.Fence;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The data sources of the fences of one application, and whether their table is there. Thread-safe. */
final class Fences {
    private static final System.Logger LOG = System.getLogger("io.holdfast.interceptors");
    /** Where the data source is looked for that an annotation does not name. */
    static final String DEFAULT = "java:comp/env/jdbc/holdfast";

    private final Directory jndi;
    private final Fence fence;
    private final Map<String, Optional<DataSource>> found = new ConcurrentHashMap<>();
    private final Map<String, Boolean> created = new ConcurrentHashMap<>();

    Fences(Directory jndi) {
        this(jndi, new Fence());
    }

    Fences(Directory jndi, Fence fence) {
        this.jndi = jndi;
        this.fence = fence;
    }

    Fence fence() {
        return fence;
    }

    /**
     * The data source of the method's fence; empty when it has no fence.
     *
     * @throws IllegalArgumentException when it needs one that is not there
     */
    Optional<DataSource> of(TccMethod method) {
        Fencing fencing = method.fencing();
        return fencing.used() ? found(fencing.name(), method, fencing.required()) : Optional.empty();
    }

    /**
     * The data source of the fence that a try was behind, whatever the annotation says today.
     *
     * @throws IllegalArgumentException when it is not there
     */
    Optional<DataSource> of(TccMethod method, TryNotes notes) {
        if (notes.fence().isEmpty()) {
            return of(method);
        }
        String name = notes.fence().get();
        return name.isEmpty() ? Optional.empty() : found(name, method, true);
    }

    /** The data sources that were found so far, by name: those of the annotations, and those that tries of earlier versions were behind. */
    Map<String, DataSource> known() {
        Map<String, DataSource> known = new TreeMap<>();
        found.forEach((name, database) -> database.ifPresent(there -> known.put(name, there)));
        return known;
    }

    private Optional<DataSource> found(String name, TccMethod method, boolean required) {
        Optional<DataSource> known = found.computeIfAbsent(name, any -> find(name, method, required));
        if (known.isEmpty() && required) {
            // The default, which was not there when nobody had asked for it.
            found.remove(name, known);
            return found.computeIfAbsent(name, any -> find(name, method, true));
        }
        return known;
    }

    private Optional<DataSource> find(String name, TccMethod method, boolean required) {
        Object bound;
        try {
            bound = jndi.find(name);
        } catch (NamingException missing) {
            if (!required && isUnknownName(missing)) {
                LOG.log(Level.INFO, InterceptorMessage.NO_FENCE.with(method.name(), name));
                return Optional.empty();
            }
            throw new IllegalArgumentException(
                    InterceptorMessage.NO_DATA_SOURCE.with(method.name(), name, missing), missing);
        }
        if (bound instanceof DataSource database) {
            return Optional.of(database);
        }
        throw new IllegalArgumentException(InterceptorMessage.NO_DATA_SOURCE.with(
                method.name(), name, bound.getClass().getName()));
    }

    /** Servers wrap it; any other failure may pass. */
    private static boolean isUnknownName(Throwable missing) {
        for (@Nullable Throwable cause = missing; cause != null; cause = cause.getCause()) {
            if (cause instanceof NameNotFoundException) {
                return true;
            }
        }
        return false;
    }

    /** Makes the table unless it is known to be there; to be called outside any transaction. */
    void prepare(TccMethod method) throws SQLException {
        Optional<DataSource> database = of(method);
        prepare(method.fencing().name(), database);
    }

    /** The same, of a try that was made. */
    void prepare(TccMethod method, TryNotes notes) throws SQLException {
        prepare(notes.fence().orElseGet(method.fencing()::name), of(method, notes));
    }

    /** The same, of a data source that was found under this name. */
    void prepare(String name, Optional<DataSource> database) throws SQLException {
        if (database.isPresent() && !created.containsKey(name)) {
            fence.createTable(database.get());
            created.put(name, true);
        }
    }
}
