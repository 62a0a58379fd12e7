package io.holdfast.tests.tcc;

import io.holdfast.scenarios.server.ServerControl;

class TccOnWildFlyIT extends TccContract {
    @Override
    ServerControl started() {
        return TccServer.wildFly();
    }
}
