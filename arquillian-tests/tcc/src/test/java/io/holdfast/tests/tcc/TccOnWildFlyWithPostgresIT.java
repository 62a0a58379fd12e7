package io.holdfast.tests.tcc;

class TccOnWildFlyWithPostgresIT extends TccContract {
    @Override
    TccServer started() {
        return TccServer.wildFlyWithPostgres();
    }
}
