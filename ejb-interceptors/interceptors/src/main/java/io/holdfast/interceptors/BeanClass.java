package io.holdfast.interceptors;

/** Internal: the class of a bean as its application has it. */
public final class BeanClass {
    private BeanClass() {}

    /** @param target the class of an instance, maybe a subclass that the container has made, which is synthetic */
    public static Class<?> of(Class<?> target) {
        Class<?> type = target;
        while (type.isSynthetic() && type.getSuperclass() != null && type.getSuperclass() != Object.class) {
            type = type.getSuperclass();
        }
        return type;
    }
}
