package io.holdfast.tests.tcc;

class TccFaultsOnWildFlyWithPostgresIT extends TccFaults {
    @Override
    TccServer started() {
        return TccServer.wildFlyWithPostgresAndByteman();
    }
}
