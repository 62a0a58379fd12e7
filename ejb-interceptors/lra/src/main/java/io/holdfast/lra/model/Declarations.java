package io.holdfast.lra.model;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The declarations of one method: as a class has it, then those that it overrides in superclasses, the nearest first, then those that it
 * implements in interfaces. That is the order in which Jakarta REST and MicroProfile LRA look for annotations.
 */
final class Declarations {
    private final List<Method> declarations;

    private Declarations(List<Method> declarations) {
        this.declarations = declarations;
    }

    /** Every method of a class except Object's, in an order that is always the same. */
    static List<Declarations> of(Class<?> type) {
        List<List<Method>> found = new ArrayList<>();
        for (Class<?> each : hierarchyOf(type)) {
            for (Method method : declaredBy(each)) {
                addTo(found, method);
            }
        }
        return found.stream().map(Declarations::new).toList();
    }

    /** The class, its superclasses without Object, and behind them the interfaces of all of these. */
    static List<Class<?>> hierarchyOf(Class<?> type) {
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            types.add(each);
        }
        types.addAll(interfaces(types));
        return types;
    }

    private static Set<Class<?>> interfaces(List<Class<?>> types) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> type : types) {
            List<Class<?>> own = List.of(type.getInterfaces());
            interfaces.addAll(own);
            interfaces.addAll(interfaces(own));
        }
        return interfaces;
    }

    private static List<Method> declaredBy(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !method.isBridge() && !method.isSynthetic())
                .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toGenericString))
                .toList();
    }

    private static void addTo(List<List<Method>> found, Method method) {
        for (List<Method> declarations : found) {
            if (declarations.stream().anyMatch(specific -> overrides(specific, method))) {
                declarations.add(method);
                return;
            }
        }
        found.add(new ArrayList<>(List.of(method)));
    }

    private static boolean overrides(Method specific, Method general) {
        boolean inherited = !Modifier.isPrivate(general.getModifiers()) && !Modifier.isStatic(general.getModifiers());
        boolean instance = !Modifier.isPrivate(specific.getModifiers()) && !Modifier.isStatic(specific.getModifiers());
        return inherited
                && instance
                && specific.getName().equals(general.getName())
                && specific.getParameterCount() == general.getParameterCount()
                && (Arrays.equals(specific.getParameterTypes(), general.getParameterTypes())
                        || isBridged(specific, general));
    }

    /** Whether the compiler made a method that takes what the general one takes and calls the specific one: parameters of generic types. */
    private static boolean isBridged(Method specific, Method general) {
        Class<?>[] narrow = specific.getParameterTypes();
        Class<?>[] wide = general.getParameterTypes();
        for (int i = 0; i < narrow.length; i++) {
            if (!wide[i].isAssignableFrom(narrow[i])) {
                return false;
            }
        }
        return Arrays.stream(specific.getDeclaringClass().getDeclaredMethods())
                .anyMatch(method -> method.isBridge()
                        && method.getName().equals(general.getName())
                        && Arrays.equals(method.getParameterTypes(), wide));
    }

    /** As the class has it. */
    Method method() {
        return declarations.get(0);
    }

    Stream<Method> stream() {
        return declarations.stream();
    }

    <A extends Annotation> Optional<A> find(Class<A> annotation) {
        return stream()
                .flatMap(method -> Stream.ofNullable(method.getAnnotation(annotation)))
                .findFirst();
    }

    boolean has(Class<? extends Annotation> annotation) {
        return stream().anyMatch(method -> method.isAnnotationPresent(annotation));
    }

    /** Whether a server can call it on the bean. */
    boolean isCallable() {
        int modifiers = method().getModifiers();
        return Modifier.isPublic(modifiers) && !Modifier.isStatic(modifiers);
    }
}
