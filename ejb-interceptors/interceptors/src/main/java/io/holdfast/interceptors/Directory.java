package io.holdfast.interceptors;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Internal: finds objects by name; thread-safe. */
public interface Directory {
    /** The caller's JNDI. */
    Directory JNDI = InitialContext::doLookup;

    Object find(String name) throws NamingException;
}
