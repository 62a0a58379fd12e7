package io.holdfast.tests.tcc;

class TccOnWildFlyIT extends TccContract {
    @Override
    TccServer started() {
        return TccServer.wildFly();
    }
}
