package io.holdfast.interceptors.json;

import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeSerializer;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Walks a type down to what JSON can hold. Confined to one walk. */
final class TypeCheck {
    private static final Set<Class<?>> SIMPLE = Set.of(
            String.class,
            Character.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            BigInteger.class,
            UUID.class,
            URI.class,
            Instant.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            OffsetTime.class,
            ZonedDateTime.class,
            Duration.class,
            Period.class,
            ZoneOffset.class);
    private static final Set<Class<?>> CONTAINERS = Set.of(Collection.class, List.class, Set.class, Optional.class);
    private static final Set<Class<?>> KEYS = Set.of(String.class, Integer.class, Long.class);

    private static final String LEFT_OUT = "and would be lost: it is @JsonbTransient";
    private static final String NOT_PUBLIC = "which is not public, or is inside a class that is not";

    /** Types whose walk has begun; a type within itself needs no second look. */
    private final Set<Class<?>> seen = new HashSet<>();

    Optional<String> obstacle(Type type) {
        return Optional.ofNullable(reason("", type));
    }

    private @Nullable String reason(String path, Type type) {
        if (type instanceof Class<?> plain) {
            return reasonOfClass(path, plain);
        }
        if (type instanceof ParameterizedType generic) {
            return reasonOfGeneric(path, generic);
        }
        if (type instanceof GenericArrayType array) {
            return reason(path + "[]", array.getGenericComponentType());
        }
        return at(path, type, "which does not say what is in it");
    }

    private @Nullable String reasonOfGeneric(String path, ParameterizedType type) {
        Type raw = type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (CONTAINERS.contains(raw)) {
            return reason(path + "[]", arguments[0]);
        }
        if (raw != Map.class) {
            return at(path, type, "which is generic and no Collection, List, Set, Map or Optional");
        }
        boolean key = KEYS.contains(arguments[0]) || (arguments[0] instanceof Class<?> found && found.isEnum());
        return key
                ? reason(path + "{}", arguments[1])
                : at(path, type, "whose keys are no strings, integers or constants of an enum");
    }

    private @Nullable String reasonOfClass(String path, Class<?> type) {
        if (type.isPrimitive() || SIMPLE.contains(type) || type.isEnum() || hasOwnForm(type) || !seen.add(type)) {
            return null;
        }
        if (type.isArray()) {
            return reason(path + "[]", type.getComponentType());
        }
        if (type.getTypeParameters().length > 0) {
            return at(path, type, "which does not say what is in it");
        }
        if (type.getPackageName().startsWith("java.") || type.getPackageName().startsWith("jakarta.")) {
            return at(path, type, "which has no JSON form that gives it back");
        }
        if (!isPublic(type)) {
            return at(path, type, NOT_PUBLIC);
        }
        if (type.isRecord()) {
            return reasonOfRecord(path, type);
        }
        return reasonOfBean(path, type);
    }

    private @Nullable String reasonOfRecord(String path, Class<?> type) {
        return first(Arrays.stream(type.getRecordComponents()).map(component -> reasonOfComponent(path, component)));
    }

    private @Nullable String reasonOfComponent(String path, RecordComponent component) {
        String place = member(path, component.getName());
        if (LeftOut.is(component)) {
            return at(place, component.getGenericType(), LEFT_OUT);
        }
        return hasOwnForm(component) ? null : reason(place, component.getGenericType());
    }

    private @Nullable String reasonOfBean(String path, Class<?> type) {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return at(path, type, "which is abstract, so that it is not known what to make");
        }
        Constructor<?>[] constructors = type.getDeclaredConstructors();
        Optional<Constructor<?>> creator = Arrays.stream(constructors)
                .filter(one -> one.isAnnotationPresent(JsonbCreator.class))
                .findFirst();
        if (creator.isPresent()) {
            return reasonOfCreated(path, type, creator.get());
        }
        boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
        boolean made = Arrays.stream(constructors)
                .anyMatch(one -> one.getParameterCount() == 0 && !Modifier.isPrivate(one.getModifiers()));
        if (inner || !made) {
            return at(path, type, "which is no record and has no constructor without parameters");
        }
        return first(fields(type).map(field -> reasonOfField(path, type, field)));
    }

    /** What its constructor asks for has to be written. */
    private static @Nullable String reasonOfCreated(String path, Class<?> type, Constructor<?> creator) {
        Set<String> wanted =
                Arrays.stream(creator.getParameters()).map(TypeCheck::property).collect(Collectors.toSet());
        return first(fields(type)
                .filter(field -> wanted.contains(field.getName()) && LeftOut.is(type, field))
                .map(field -> at(member(path, field.getName()), field.getGenericType(), LEFT_OUT)));
    }

    private static String property(Parameter parameter) {
        JsonbProperty renamed = parameter.getAnnotation(JsonbProperty.class);
        return renamed == null ? parameter.getName() : renamed.value();
    }

    private static Stream<Field> fields(Class<?> type) {
        return Stream.<Class<?>>iterate(type, one -> one != Object.class, Class::getSuperclass)
                .flatMap(one -> Arrays.stream(one.getDeclaredFields()))
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic());
    }

    private @Nullable String reasonOfField(String path, Class<?> type, Field field) {
        boolean carried = (Modifier.isPublic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers()))
                || Accessors.hasGetterAndSetter(type, field);
        if (!carried || Modifier.isTransient(field.getModifiers())) {
            return at(
                    member(path, field.getName()),
                    field.getGenericType(),
                    "and would be lost: it is transient or has no public getter and setter");
        }
        if (LeftOut.is(type, field)) {
            return at(member(path, field.getName()), field.getGenericType(), LEFT_OUT);
        }
        return hasOwnForm(field) ? null : reason(member(path, field.getName()), field.getGenericType());
    }

    private static boolean isPublic(Class<?> type) {
        return Stream.<Class<?>>iterate(type, one -> one != null, Class::getEnclosingClass)
                .allMatch(one -> Modifier.isPublic(one.getModifiers()));
    }

    private static boolean hasOwnForm(AnnotatedElement element) {
        return element.isAnnotationPresent(JsonbTypeAdapter.class)
                || (element.isAnnotationPresent(JsonbTypeSerializer.class)
                        && element.isAnnotationPresent(JsonbTypeDeserializer.class));
    }

    private static @Nullable String first(Stream<@Nullable String> reasons) {
        return reasons.filter(reason -> reason != null).findFirst().orElse(null);
    }

    private static String member(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String at(String path, Type type, String reason) {
        return (path.isEmpty() ? "it" : path) + " is a " + type.getTypeName() + ", " + reason;
    }
}
