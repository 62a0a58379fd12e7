package io.holdfast.interceptors.json;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Locale;

/** The public methods by which JSON binding reads and writes a bean's property. */
final class Accessors {
    private Accessors() {}

    static boolean hasGetterAndSetter(Class<?> bean, Field field) {
        String name = field.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                + field.getName().substring(1);
        boolean read = has(bean, "get" + name, 0) || (field.getType() == boolean.class && has(bean, "is" + name, 0));
        return read && has(bean, "set" + name, 1);
    }

    private static boolean has(Class<?> bean, String method, int parameters) {
        return Arrays.stream(bean.getMethods())
                .anyMatch(one -> one.getName().equals(method) && one.getParameterCount() == parameters);
    }
}
