package io.holdfast.rar;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Finds objects by name. Thread-safe. */
@FunctionalInterface
interface Jndi {
    /** What the thread sees: of the server on threads of the adapter, of the application too on its own. */
    Jndi OF_SERVER = InitialContext::doLookup;

    Object find(String name) throws NamingException;
}
