package io.holdfast.rar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConformanceTest {
    private static final Path DOCS = Path.of("../../docs/conformance.md");
    private static final List<Path> TESTS = List.of(
            Path.of("src/test/java"),
            Path.of("../../lra-coordinator/engine/src/test/java"),
            Path.of("../../lra-coordinator/war/src/test/java"));
    private static final Pattern NAMED = Pattern.compile("`(\\w*Test)?(?:\\.(\\w+))?`");

    @Test
    void every_test_that_the_docs_name_for_a_rule_exists() throws IOException {
        String docs = Files.readString(DOCS);
        String table = docs.substring(docs.indexOf("## A test for each rule of the adapter"));
        Matcher named = NAMED.matcher(table);
        String source = "";
        int methods = 0;
        while (named.find()) {
            source = named.group(1) == null ? source : sourceOf(named.group(1));
            if (named.group(2) != null) {
                assertThat(source).as(named.group()).contains(" void " + named.group(2) + "(");
                methods++;
            }
        }
        assertThat(methods).isGreaterThan(30);
    }

    private static String sourceOf(String test) throws IOException {
        for (Path root : TESTS) {
            try (Stream<Path> files = Files.walk(root)) {
                Path found = files.filter(file -> file.endsWith(test + ".java"))
                        .findFirst()
                        .orElse(null);
                if (found != null) {
                    return Files.readString(found);
                }
            }
        }
        throw new AssertionError("There is no " + test);
    }
}
