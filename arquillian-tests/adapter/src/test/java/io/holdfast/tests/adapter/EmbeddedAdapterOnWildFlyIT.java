package io.holdfast.tests.adapter;

import io.holdfast.scenarios.server.WildFlyHome;

class EmbeddedAdapterOnWildFlyIT extends EmbeddedAdapter {
    @Override
    AdapterServer server() {
        WildFlyHome home = AdapterServer.wildFlyHome();
        home.configure();
        return AdapterServer.wildFly(home);
    }

    /** The configuration's databases are there. */
    @Override
    void prepare() {}
}
