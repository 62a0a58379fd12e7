package io.holdfast.tests.adapter.use;

import io.holdfast.api.HoldfastConnectionFactory;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** A row and a {@link Part} of the adapter, in the transaction of whoever calls. */
@ApplicationScoped
public class Entry {
    @Resource(name = "eis/holdfast")
    private HoldfastConnectionFactory holdfast;

    @Inject
    private Rows rows;

    public void write(Errand errand) {
        rows.insert(errand.key());
        Part.take(holdfast, errand.key(), errand.services());
    }
}
