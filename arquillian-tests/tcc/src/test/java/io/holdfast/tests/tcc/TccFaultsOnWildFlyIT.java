package io.holdfast.tests.tcc;

class TccFaultsOnWildFlyIT extends TccFaults {
    @Override
    TccServer started() {
        return TccServer.wildFlyWithByteman();
    }
}
