package io.holdfast.tests.tcc;

class TccOnPayaraIT extends TccContract {
    @Override
    TccServer started() {
        return TccServer.payara();
    }
}
