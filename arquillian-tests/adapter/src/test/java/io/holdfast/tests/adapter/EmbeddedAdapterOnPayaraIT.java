package io.holdfast.tests.adapter;

import io.holdfast.scenarios.server.PayaraHome;
import io.holdfast.scenarios.server.PayaraResources;
import org.jspecify.annotations.NullUnmarked;

@NullUnmarked
class EmbeddedAdapterOnPayaraIT extends EmbeddedAdapter {
    private final PayaraHome home = AdapterServer.payaraHome();

    @Override
    AdapterServer server() {
        return AdapterServer.payara(home);
    }

    @Override
    void prepare() {
        PayaraResources resources = new PayaraResources(home);
        resources.createDatabase("bank");
        resources.createDatabase("account");
        resources.configureAdapter("ledger#holdfast", "statusRetentionSeconds=600");
    }
}
