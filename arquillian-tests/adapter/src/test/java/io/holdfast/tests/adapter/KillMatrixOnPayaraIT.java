package io.holdfast.tests.adapter;

class KillMatrixOnPayaraIT extends KillMatrix {
    @Override
    AdapterServer server(Gateway gateway) {
        return AdapterServer.payara(gateway.root());
    }
}
