package io.holdfast.tests.adapter;

class RedeploymentsOnWildFlyIT extends Redeployments {
    @Override
    AdapterServer server(Gateway gateway) {
        return AdapterServer.wildFlyWithoutByteman(gateway.root(), NO_SOFT_REFERENCES);
    }
}
