package io.holdfast.tests.tcc;

class TccFaultsOnPayaraWithPostgresIT extends TccFaults {
    @Override
    TccServer started() {
        return TccServer.payaraWithPostgresAndByteman();
    }
}
