package io.holdfast.tests.adapter.use;

import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.tests.adapter.app.Wish;
import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;

/** Two connections at once that the server may not share, so that each has an XAResource of its own. */
@Stateless
public class Pair {
    @Resource(name = "eis/unshared")
    private HoldfastConnectionFactory holdfast;

    @Resource
    private SessionContext context;

    @Inject
    private Rows rows;

    /** @return whether both have the same LRA */
    public boolean use(Errand errand) {
        rows.insert(errand.key());
        try (HoldfastConnection first = holdfast.getConnection();
                HoldfastConnection second = holdfast.getConnection()) {
            first.enlist(Part.participant(errand.key(), errand.services()));
            URI lra = second.lra();
            Http.send(
                    "POST",
                    errand.services().resolve("/join?key=" + errand.key()),
                    Map.of(HoldfastConnection.LRA_HEADER, lra.toString()));
            boolean same = first.lra().equals(lra);
            if (errand.wish() == Wish.ROLLBACK) {
                context.setRollbackOnly();
            }
            return same;
        }
    }
}
