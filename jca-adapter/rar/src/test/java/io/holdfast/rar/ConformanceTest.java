package io.holdfast.rar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of the rules in docs/conformance.md, against the tests and mutations that it names. */
class ConformanceTest {
    private static final int RULES = 17;
    private static final Path DOCS = Path.of("../../docs/conformance.md");
    private static final List<Path> TESTS = List.of(
            Path.of("src/test/java"),
            Path.of("../../lra-coordinator/engine/src/test/java"),
            Path.of("../../lra-coordinator/war/src/test/java"),
            Path.of("../../arquillian-tests/adapter/src/test/java"));
    private static final List<Path> MUTATIONS = List.of(
            Path.of("src/test/java/io/holdfast/rar/mutation/AdapterRules.java"),
            Path.of("../../lra-coordinator/engine/src/test/java/io/holdfast/engine/mutation/BrokenRules.java"));
    /** A class and a method, or a method of the class that was named last. */
    private static final Pattern NAMED = Pattern.compile("`(\\w*(?:Test|IT))?(?:\\.(\\w+))?`");

    /** One line of the table. */
    private record Rule(int number, String tests, String mutations) {}

    @Test
    void every_rule_has_a_row() throws IOException {
        assertThat(rules())
                .extracting(Rule::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, RULES).boxed().toList());
    }

    @Test
    void every_rule_has_tests_that_exist() throws IOException {
        for (Rule rule : rules()) {
            List<String> methods = new ArrayList<>();
            Matcher named = NAMED.matcher(rule.tests());
            String source = "";
            while (named.find()) {
                assertThat(named.group(2)).as("a method in %s", named.group()).isNotNull();
                source = named.group(1) == null ? source : sourceOf(named.group(1));
                assertThat(source).as(named.group()).contains(" void " + named.group(2) + "(");
                methods.add(named.group(2));
            }
            assertThat(methods).as("tests of rule %s", rule.number()).isNotEmpty();
        }
    }

    @Test
    void every_rule_has_mutations_that_exist() throws IOException {
        StringBuilder mutations = new StringBuilder();
        for (Path file : MUTATIONS) {
            mutations.append(Files.readString(file));
        }
        for (Rule rule : rules()) {
            for (String mutation : rule.mutations().split(";", -1)) {
                assertThat(mutations).as("rule %s", rule.number()).contains("\"" + mutation.strip() + "\",");
            }
        }
    }

    private static List<Rule> rules() throws IOException {
        String docs = Files.readString(DOCS);
        return docs.substring(docs.indexOf("## A test for each rule of the adapter"))
                .lines()
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .map(line -> line.split("\\|", -1))
                .map(cells -> new Rule(Integer.parseInt(cells[1].strip()), cells[3], cells[4]))
                .toList();
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
