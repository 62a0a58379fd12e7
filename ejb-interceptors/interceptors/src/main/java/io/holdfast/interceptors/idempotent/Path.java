package io.holdfast.interceptors.idempotent;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A parameter and the properties from it. */
record Path(int parameter, List<Property> properties) implements KeyPart {
    private static final Set<Class<?>> STABLE = Set.of(
            String.class,
            Character.class,
            char.class,
            Boolean.class,
            boolean.class,
            Byte.class,
            byte.class,
            Short.class,
            short.class,
            Integer.class,
            int.class,
            Long.class,
            long.class,
            BigInteger.class,
            UUID.class,
            URI.class);

    static Path parse(String expression, Method method) {
        String[] names = expression.split("\\.", -1);
        Parameter[] parameters = method.getParameters();
        int parameter = indexOf(names[0], parameters);
        Class<?> type = parameters[parameter].getType();
        List<Property> properties = new ArrayList<>();
        for (String name : Arrays.copyOfRange(names, 1, names.length)) {
            Property property = Property.of(type, name);
            properties.add(property);
            type = property.type();
        }
        if (!isStable(type)) {
            throw new IllegalArgumentException("'" + expression + "' is a " + type.getTypeName()
                    + ", whose text does not identify it; name a property of it that is text, a whole number, an enum, a UUID, URI,"
                    + " boolean or a java.time value");
        }
        return new Path(parameter, List.copyOf(properties));
    }

    @Override
    public @Nullable Object valueIn(@Nullable Object[] arguments, Surroundings surroundings) throws Exception {
        Object value = arguments[parameter];
        for (Property property : properties) {
            if (value == null) {
                return null;
            }
            value = property.of(value);
        }
        return value;
    }

    private static int indexOf(String name, Parameter[] parameters) {
        for (int index = 0; index < parameters.length; index++) {
            if (parameters[index].getName().equals(name)) {
                return index;
            }
        }
        String known = Arrays.stream(parameters).map(Parameter::getName).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("'" + name + "' is none of the parameters (" + known
                + "); their names are known in classes compiled with -parameters");
    }

    private static boolean isStable(Class<?> type) {
        return STABLE.contains(type) || type.isEnum() || type.getPackageName().equals("java.time");
    }

    /** A step of the path. */
    record Property(Class<?> type, Reader reader) {
        private interface Reader {
            @Nullable
            Object of(Object owner) throws Exception;
        }

        /** A getter comes before a field. */
        static Property of(Class<?> type, String name) {
            if (!name.isEmpty() && !name.equals("class")) {
                String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
                List<String> getters =
                        type.isRecord() ? List.of(name, "get" + capital) : List.of("get" + capital, "is" + capital);
                for (String getter : getters) {
                    for (Method method : type.getMethods()) {
                        if (isGetter(method, getter)) {
                            // Of a class that is not public too.
                            method.trySetAccessible();
                            return new Property(method.getReturnType(), owner -> invoke(method, owner));
                        }
                    }
                }
                for (Field field : type.getFields()) {
                    if (field.getName().equals(name) && !Modifier.isStatic(field.getModifiers())) {
                        field.trySetAccessible();
                        return new Property(field.getType(), field::get);
                    }
                }
            }
            throw new IllegalArgumentException(type.getTypeName() + " has no property '" + name + "' that can be read");
        }

        @Nullable
        Object of(Object owner) throws Exception {
            return reader.of(owner);
        }

        private static @Nullable Object invoke(Method getter, Object owner) throws Exception {
            try {
                return getter.invoke(owner);
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        }

        private static boolean isGetter(Method method, String name) {
            return method.getName().equals(name)
                    && method.getParameterCount() == 0
                    && !method.isBridge()
                    && method.getReturnType() != void.class
                    && !Modifier.isStatic(method.getModifiers());
        }
    }
}
