package io.holdfast.tests.adapter;

class KillMatrixOnWildFlyIT extends KillMatrix {
    @Override
    AdapterServer server(Gateway gateway) {
        return AdapterServer.wildFly(gateway.root());
    }
}
