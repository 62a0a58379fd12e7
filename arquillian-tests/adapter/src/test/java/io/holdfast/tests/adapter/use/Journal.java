package io.holdfast.tests.adapter.use;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the hotel did and was told for each key, in order. */
@ApplicationScoped
public class Journal {
    private final Map<URI, String> keys = new ConcurrentHashMap<>();
    private final Map<String, List<String>> entries = new ConcurrentHashMap<>();

    /** From now on what is told for the LRA is told for the key. */
    public void begin(String key, URI lra) {
        keys.put(lra, key);
        write(key, "book");
    }

    public void told(URI lra, String what) {
        write(keys.getOrDefault(lra, lra.toString()), what);
    }

    private void write(String key, String what) {
        entries.computeIfAbsent(key, any -> new CopyOnWriteArrayList<>()).add(what);
    }

    public List<String> of(String key) {
        return entries.getOrDefault(key, List.of());
    }
}
