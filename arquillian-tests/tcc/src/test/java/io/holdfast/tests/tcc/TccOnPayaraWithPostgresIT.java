package io.holdfast.tests.tcc;

class TccOnPayaraWithPostgresIT extends TccContract {
    @Override
    TccServer started() {
        return TccServer.payaraWithPostgres();
    }
}
