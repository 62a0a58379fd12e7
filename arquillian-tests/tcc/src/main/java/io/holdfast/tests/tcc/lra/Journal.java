package io.holdfast.tests.tcc.lra;

import io.holdfast.lra.LongRunningActions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What happened in each LRA, and in which LRA each key was booked. */
@ApplicationScoped
public class Journal {
    private final Map<String, String> lras = new ConcurrentHashMap<>();
    private final Map<String, List<String>> entries = new ConcurrentHashMap<>();

    @Inject
    private LongRunningActions actions;

    /** The key is booked in the LRA of this thread. */
    public void book(String key, String what) {
        String lra = actions.current().map(URI::toString).orElse("none");
        lras.put(key, lra);
        write(lra, what);
    }

    public void write(String lra, String what) {
        entries.computeIfAbsent(lra, any -> new CopyOnWriteArrayList<>()).add(what);
    }

    public String lraOf(String key) {
        return lras.getOrDefault(key, "");
    }

    public List<String> of(String key) {
        return entries.getOrDefault(lraOf(key), List.of());
    }
}
