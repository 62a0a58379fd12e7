package io.holdfast.lra.cdi;

import java.lang.reflect.Modifier;

/** Which classes can take part in LRAs. */
public final class Participation {
    private Participation() {}

    /** Whether servers make instances of it. */
    public static boolean isPossible(Class<?> type) {
        return !type.isInterface() && !type.isAnnotation() && !Modifier.isAbstract(type.getModifiers());
    }
}
