package io.holdfast.tests.adapter;

class RedeploymentsOnPayaraIT extends Redeployments {
    @Override
    AdapterServer server(Gateway gateway) {
        return AdapterServer.payaraWithoutByteman(gateway.root(), NO_SOFT_REFERENCES);
    }
}
