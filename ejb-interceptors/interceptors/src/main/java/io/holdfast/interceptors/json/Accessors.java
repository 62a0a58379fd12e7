package io.holdfast.interceptors.json;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** The public methods by which JSON binding reads and writes a bean's property. */
final class Accessors {
    private Accessors() {}

    static boolean hasGetterAndSetter(Class<?> bean, Field field) {
        String name = capital(field);
        boolean read = has(bean, "get" + name, 0) || (field.getType() == boolean.class && has(bean, "is" + name, 0));
        return read && has(bean, "set" + name, 1);
    }

    /** What there is of them. */
    static Stream<Method> of(Class<?> bean, Field field) {
        String name = capital(field);
        return Arrays.stream(bean.getMethods())
                .filter(one -> is(one, "get" + name, 0) || is(one, "is" + name, 0) || is(one, "set" + name, 1));
    }

    private static String capital(Field field) {
        return field.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                + field.getName().substring(1);
    }

    private static boolean has(Class<?> bean, String method, int parameters) {
        return Arrays.stream(bean.getMethods()).anyMatch(one -> is(one, method, parameters));
    }

    private static boolean is(Method one, String name, int parameters) {
        return one.getName().equals(name) && one.getParameterCount() == parameters;
    }
}
