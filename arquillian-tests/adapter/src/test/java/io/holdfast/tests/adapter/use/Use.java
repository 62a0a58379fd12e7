package io.holdfast.tests.adapter.use;

import io.holdfast.tests.adapter.app.Wish;
import java.net.URI;

/** One JTA transaction with a row and a {@link Part} of each adapter that the application has. */
public interface Use {
    void use(String key, URI services, Wish wish);
}
