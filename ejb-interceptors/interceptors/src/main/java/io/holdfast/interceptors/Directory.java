package io.holdfast.interceptors;

import java.util.concurrent.atomic.AtomicReference;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Internal: finds objects by name; thread-safe. */
public interface Directory {
    /** The caller's JNDI. */
    Directory JNDI = InitialContext::doLookup;

    Object find(String name) throws NamingException;

    /** The same, but once the name was found it is not looked up again: for what is the same object for as long as the application runs. */
    default Directory keeping(String kept) {
        AtomicReference<Object> found = new AtomicReference<>();
        return name -> {
            if (!name.equals(kept)) {
                return find(name);
            }
            Object known = found.get();
            if (known == null) {
                known = find(name);
                found.set(known);
            }
            return known;
        };
    }
}
