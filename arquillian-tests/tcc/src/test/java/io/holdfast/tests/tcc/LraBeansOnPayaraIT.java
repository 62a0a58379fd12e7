package io.holdfast.tests.tcc;

import io.holdfast.scenarios.server.ServerControl;

class LraBeansOnPayaraIT extends LraBeansContract {
    @Override
    ServerControl started() {
        return TccServer.payara().control();
    }
}
