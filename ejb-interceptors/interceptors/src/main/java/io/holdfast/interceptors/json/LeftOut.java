package io.holdfast.interceptors.json;

import jakarta.json.bind.annotation.JsonbTransient;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** What JSON binding is told to leave out, by the annotation itself or by one that has it. */
final class LeftOut {
    private LeftOut() {}

    /** By the field, its getter or its setter. */
    static boolean is(Class<?> bean, Field field) {
        return Stream.concat(Stream.of(field), Accessors.of(bean, field)).anyMatch(LeftOut::isMarked);
    }

    /** The component's own annotation is one of its field, and of its accessor unless that is written out. */
    static boolean is(RecordComponent component) {
        Stream<Field> field = Arrays.stream(component.getDeclaringRecord().getDeclaredFields())
                .filter(one -> one.getName().equals(component.getName()));
        return Stream.concat(Stream.of(component.getAccessor()), field).anyMatch(LeftOut::isMarked);
    }

    private static boolean isMarked(AnnotatedElement element) {
        return isMarked(element, new HashSet<>());
    }

    private static boolean isMarked(AnnotatedElement element, Set<Class<?>> seen) {
        return Arrays.stream(element.getAnnotations())
                .map(Annotation::annotationType)
                .filter(seen::add)
                .anyMatch(type -> type == JsonbTransient.class || isMarked(type, seen));
    }
}
