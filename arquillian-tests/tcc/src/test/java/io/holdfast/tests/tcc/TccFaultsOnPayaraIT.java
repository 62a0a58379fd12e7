package io.holdfast.tests.tcc;

class TccFaultsOnPayaraIT extends TccFaults {
    @Override
    TccServer started() {
        return TccServer.payaraWithByteman();
    }
}
