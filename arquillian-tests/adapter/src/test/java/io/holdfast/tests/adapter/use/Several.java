package io.holdfast.tests.adapter.use;

import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.tests.adapter.app.Wish;
import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.URI;

/** Two adapters of one server in one transaction. */
@Stateless
public class Several implements Use {
    @Resource(name = "eis/holdfast")
    private HoldfastConnectionFactory first;

    @Resource(name = "eis/second")
    private HoldfastConnectionFactory second;

    @Resource
    private SessionContext context;

    @Inject
    private Rows rows;

    @Override
    public void use(String key, URI services, Wish wish) {
        rows.insert(key);
        Part.take(first, key + "-first", services);
        Part.take(second, key + "-second", services);
        if (wish == Wish.ROLLBACK) {
            context.setRollbackOnly();
        }
    }
}
