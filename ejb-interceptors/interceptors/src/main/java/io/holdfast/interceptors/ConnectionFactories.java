package io.holdfast.interceptors;

import io.holdfast.api.HoldfastConnectionFactory;
import java.util.ArrayList;
import java.util.List;
import javax.naming.NamingException;

/** Internal: where an application's connection factory is looked for. */
public final class ConnectionFactories {
    public static final List<String> NAMES =
            List.of("java:comp/env/eis/holdfast", "java:/eis/holdfast", "eis/holdfast");

    private ConnectionFactories() {}

    /** @throws io.holdfast.api.HoldfastException when there is none */
    public static HoldfastConnectionFactory find(Directory jndi) {
        List<String> tried = new ArrayList<>();
        for (String name : NAMES) {
            try {
                return checked(name, jndi.find(name));
            } catch (NamingException e) {
                tried.add(name + " (" + e + ")");
            }
        }
        throw InterceptorMessage.NO_CONNECTION_FACTORY.exception(String.join(", ", tried));
    }

    private static HoldfastConnectionFactory checked(String name, Object found) {
        if (found instanceof HoldfastConnectionFactory factory) {
            return factory;
        }
        throw InterceptorMessage.NOT_A_CONNECTION_FACTORY.exception(
                name, found.getClass().getName());
    }
}
