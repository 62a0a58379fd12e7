package io.holdfast.interceptors;

/** Internal: the class of a bean as its application has it. */
public final class BeanClass {
    private BeanClass() {}

    /** @param target the class of an instance, maybe a subclass that the container has made */
    public static Class<?> of(Class<?> target) {
        Class<?> type = target;
        Class<?> parent = type.getSuperclass();
        while (parent != null && parent != Object.class && isMade(type, parent)) {
            type = parent;
            parent = type.getSuperclass();
        }
        return type;
    }

    /** Weld's are synthetic; those that Payara makes of stateful beans that are not serializable can be told by their names only. */
    private static boolean isMade(Class<?> type, Class<?> parent) {
        return type.isSynthetic() || inPackage(type).equals("_" + inPackage(parent) + "_Serializable");
    }

    private static String inPackage(Class<?> type) {
        return type.getName().substring(type.getName().lastIndexOf('.') + 1);
    }
}
