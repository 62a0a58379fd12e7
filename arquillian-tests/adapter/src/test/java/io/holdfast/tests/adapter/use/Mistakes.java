package io.holdfast.tests.adapter.use;

import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.HoldfastException;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes a mistake in a transaction that otherwise does what it should. */
@Stateless
public class Mistakes {
    @Resource(name = "eis/holdfast")
    private HoldfastConnectionFactory holdfast;

    @Inject
    private Rows rows;

    @Inject
    private Outside outside;

    /** @return what the adapter says */
    public String make(String key, Mistake mistake, URI services) {
        return around(key, services, () -> {
            try (HoldfastConnection connection = holdfast.getConnection()) {
                return said(connection, mistake::make);
            }
        });
    }

    /** @return what the adapter says to whom it gives a connection where no transaction is */
    public String makeOutside(String key, URI services) {
        return around(key, services, outside::ask);
    }

    private String around(String key, URI services, Supplier<String> mistake) {
        rows.insert(key);
        String said = mistake.get();
        try (HoldfastConnection connection = holdfast.getConnection()) {
            connection.enlist(Part.participant(key, services));
        }
        return said;
    }

    static String said(HoldfastConnection connection, Consumer<HoldfastConnection> mistake) {
        try {
            mistake.accept(connection);
            return "nothing";
        } catch (HoldfastException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
