package io.holdfast.tests.payara.filters;

import io.holdfast.interceptors.GlobalTransaction;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.net.URI;

@Stateless
public class GlobalCaller {
    @Inject
    private Clients clients;

    @GlobalTransaction
    public String call(String client, URI service) {
        return clients.call(client, service);
    }
}
