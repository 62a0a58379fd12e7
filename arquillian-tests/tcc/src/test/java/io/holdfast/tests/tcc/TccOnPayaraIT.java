package io.holdfast.tests.tcc;

import io.holdfast.scenarios.server.ServerControl;

class TccOnPayaraIT extends TccContract {
    @Override
    ServerControl started() {
        return TccServer.payara();
    }
}
