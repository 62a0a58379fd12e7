package io.holdfast.lra.model;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How Jakarta REST reaches a method (Jakarta RESTful Web Services 3.1, "Annotation Inheritance": the annotations of the first declaration
 * that has any count, and the others' are ignored).
 *
 * @param verb the HTTP method; empty for what is no resource method but finds one
 * @param path the method's own, as it is written; empty for none
 */
record RestMapping(Optional<String> verb, String path) {
    private static final String PACKAGE = "jakarta.ws.rs.";

    /** Empty for a method that is not one of Jakarta REST. */
    static Optional<RestMapping> of(Declarations declarations) {
        return declarations.stream()
                .filter(RestMapping::hasRestAnnotation)
                .findFirst()
                .map(RestMapping::read)
                .filter(mapping -> mapping.verb.isPresent() || !mapping.path.isEmpty());
    }

    private static boolean hasRestAnnotation(Method method) {
        Stream<Annotation> ofParameters =
                Arrays.stream(method.getParameterAnnotations()).flatMap(Arrays::stream);
        return Stream.concat(Arrays.stream(method.getAnnotations()), ofParameters)
                .map(Annotation::annotationType)
                .anyMatch(type -> type.getName().startsWith(PACKAGE) || type.isAnnotationPresent(HttpMethod.class));
    }

    private static RestMapping read(Method method) {
        Optional<String> verb = Arrays.stream(method.getAnnotations())
                .flatMap(annotation ->
                        Stream.ofNullable(annotation.annotationType().getAnnotation(HttpMethod.class)))
                .map(HttpMethod::value)
                .findFirst();
        Path path = method.getAnnotation(Path.class);
        return new RestMapping(verb, path == null ? "" : path.value());
    }

    /** The path of a class: its own {@code @Path}, else the one of a superclass or interface, which RESTEasy and Jersey take. */
    static Optional<String> pathOf(Class<?> type) {
        return Declarations.hierarchyOf(type).stream()
                .flatMap(each -> Stream.ofNullable(each.getDeclaredAnnotation(Path.class)))
                .map(Path::value)
                .findFirst();
    }
}
