package io.holdfast.tests.adapter.use;

import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.tests.adapter.app.Wish;
import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.URI;

/** Uses the connection factory that its application defines, for the adapter in its EAR or for one that is deployed alone. */
@Stateless
public class Defined implements Use {
    public static final String NAME = "java:app/eis/defined";

    /** Gives the adapter: a field for it would keep Payara from deploying an EAR with both, see docs/servers.md. */
    @Resource
    private SessionContext context;

    @Inject
    private Rows rows;

    @Override
    public void use(String key, URI services, Wish wish) {
        rows.insert(key);
        Part.take((HoldfastConnectionFactory) context.lookup(NAME), key, services);
        if (wish == Wish.ROLLBACK) {
            context.setRollbackOnly();
        }
    }
}
