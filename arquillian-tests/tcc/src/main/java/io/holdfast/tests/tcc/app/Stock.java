package io.holdfast.tests.tcc.app;

import jakarta.ejb.Local;

/** What callers see of the stock. */
@Local
public interface Stock {
    void reserve(String key);

    void take(String key);

    void giveBack(String key);
}
