package io.holdfast.sample.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.interceptors.tcc.Compensable;
import io.holdfast.interceptors.tcc.Tcc;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ParticipantsTest {
    @Test
    void no_try_and_no_action_is_called_without_a_transaction() throws Exception {
        List<Method> found = participants();

        assertThat(found)
                .extracting(Method::getName)
                .contains("announce", "freeze", "reserve", "place", "take", "pay", "ship");
        assertThat(found).allSatisfy(method -> assertThat(method.getAnnotation(TransactionAttribute.class))
                .isNotNull()
                .extracting(TransactionAttribute::value)
                .isEqualTo(TransactionAttributeType.MANDATORY));
    }

    private static List<Method> participants() throws IOException, URISyntaxException {
        Path classes = Path.of(
                Limits.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .flatMap(file -> Arrays.stream(loaded(file).getDeclaredMethods()))
                    .filter(method ->
                            method.isAnnotationPresent(Tcc.class) || method.isAnnotationPresent(Compensable.class))
                    .toList();
        }
    }

    private static Class<?> loaded(String file) {
        String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
        try {
            return Class.forName(name, false, Limits.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
