package io.holdfast.interceptors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java examples of the pages are pieces of code that is tested, here or on the servers. */
class DocsExamplesTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final List<Path> TESTED = List.of(
            Path.of("src/test/java"),
            Path.of("../../arquillian-tests/scenarios/src/main/java"),
            Path.of("../../arquillian-tests/tcc/src/main/java"),
            Path.of("../../ear-sample/bank/src/main/java"),
            Path.of("../../ear-sample/shop/src/main/java"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fence.md",
                "tcc.md",
                "compensation.md",
                "idempotency.md",
                "reliable-messages.md",
                "notifications.md",
                "queries.md",
                "adapter.md"
            })
    void every_example_is_tested_code(String page) throws IOException {
        String code = TESTED.stream().map(DocsExamplesTest::code).collect(Collectors.joining());
        Matcher examples = EXAMPLE.matcher(Files.readString(Path.of("../../docs", page)));
        assertThat(examples.find()).isTrue();
        do {
            assertThat(code).contains(squeezed(examples.group(1)));
        } while (examples.find());
    }

    private static String code(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            StringBuilder code = new StringBuilder();
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                code.append(squeezed(Files.readString(file)));
            }
            return code.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
