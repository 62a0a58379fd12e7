package io.holdfast.tests.tcc;

import io.holdfast.scenarios.server.ServerControl;

class LraBeansOnWildFlyIT extends LraBeansContract {
    @Override
    ServerControl started() {
        return TccServer.wildFly().control();
    }
}
