package io.holdfast.rar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ResourceAdapterInternalException;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Every property of the adapter with its bounds and its default: in the code, in ra.xml and in docs/adapter.md. */
class PropertiesTest {
    /** The whole numbers. */
    private static final List<Whole> WHOLE = List.of(
            whole("lraTimeLimitSeconds", 1, 31_536_000, 300),
            whole("holdTimeoutMillis", 1, 600_000, 5000),
            whole("startTimeoutMillis", 1, 600_000, 5000),
            whole("retryFirstMillis", 1, 86_400_000, 200),
            new Whole("retryMaxMillis", 200, 86_400_000, 30_000, "retryFirstMillis to 86400000"),
            whole("waitForParticipantsMillis", 0, 600_000, 0),
            whole("statusRetentionSeconds", 0, 86_400, 60),
            whole("recoveryPeriodSeconds", 1, 86_400, 130),
            new Whole("alarmAfterAttempts", 0, 1_000_000, 20, "1 to 1000000, 0 for never"),
            new Whole("alarmAfterSeconds", 0, 31_536_000, 600, "1 to 31536000, 0 for never"),
            whole("maxNotificationCharacters", 1, 1_048_576, 65_536));

    private static final String ADDRESS = "an absolute http or https address without user";

    /** The texts. */
    private static final List<Text> TEXTS = List.of(
            new Text("logDirectory", "", "the path of a directory", "a\0b"),
            new Text(
                    "coordinatorUrl",
                    "http://127.0.0.1:8080/lra-coordinator/lra-coordinator",
                    ADDRESS + ", query and fragment",
                    "",
                    "no address at all",
                    "ftp://host/x",
                    "mailto:ann@host",
                    "http:///x",
                    "http://host/x?y=z",
                    "http://host/x#y",
                    "http://ann:secret@host/x"),
            new Text(
                    "participantHosts",
                    "",
                    "host names, addresses, *.domain or *",
                    "a b",
                    "http://host",
                    "*host",
                    "a..b"),
            new Text(
                    "alarmUrl",
                    "",
                    ADDRESS + " and fragment",
                    "no address at all",
                    "ftp://host/x",
                    "http://host/x#y",
                    "http://ann:secret@host/x"),
            new Text(
                    "jmsConnectionFactory",
                    "",
                    "a name in the server's JNDI, without a scheme but java: and not of one application",
                    "ldap://host/x",
                    "java:comp/env/jms/x",
                    "java:app/jms/x"),
            new Text(
                    "operatorRole",
                    "",
                    "at most 200 characters, without control characters, and not * or **",
                    "x".repeat(201),
                    "*",
                    "**"));

    private final HoldfastResourceAdapter adapter = new HoldfastResourceAdapter();

    /**
     * A property that is a whole number.
     *
     * @param documented the bounds as an administrator reads them
     */
    private record Whole(String name, int min, int max, int standard, String documented) {
        String bounds() {
            return min + " to " + max;
        }
    }

    private static Whole whole(String name, int min, int max, int standard) {
        return new Whole(name, min, max, standard, min + " to " + max);
    }

    /** A property that is a text, and what it must not be. */
    private record Text(String name, String standard, String expected, List<String> bad) {
        Text(String name, String standard, String expected, String... bad) {
            this(name, standard, expected, List.of(bad));
        }
    }

    @BeforeEach
    void configure(@TempDir Path directory) {
        adapter.setLogDirectory(directory.toString());
    }

    @AfterEach
    void stop() {
        adapter.stop();
    }

    static Stream<Arguments> outOfBounds() {
        Stream<Arguments> whole = WHOLE.stream()
                .flatMap(property -> Stream.of(property.min() - 1, property.max() + 1, -1, Integer.MAX_VALUE)
                        .distinct()
                        .map(value -> Arguments.of(property.name(), value, property.bounds())));
        Stream<Arguments> texts = TEXTS.stream().flatMap(property -> property.bad().stream()
                .map(value -> Arguments.of(property.name(), value, property.expected())));
        return Stream.concat(whole, texts);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("outOfBounds")
    void a_value_out_of_its_bounds_stops_the_deployment_and_is_named_with_them(
            String property, Object value, String bounds) throws Exception {
        set(property, value);

        assertThatThrownBy(() -> adapter.start(new FakeServer(9)))
                .isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContaining("HFRAR003 The property " + property + " of the resource adapter is " + value
                        + "; it must be " + bounds);
    }

    @Test
    void a_role_with_control_characters_is_refused_and_does_not_break_the_line_of_the_log() {
        adapter.setOperatorRole("clerk\nHFRAR001 all is well");

        assertThatThrownBy(() -> adapter.start(new FakeServer(9)))
                .isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContaining("HFRAR003 The property operatorRole of the resource adapter is"
                        + " clerk HFRAR001 all is well; it must be at most 200 characters, without control characters");
    }

    static Stream<Arguments> atBounds() {
        return WHOLE.stream().flatMap(property -> Stream.of(property.min(), property.max(), property.standard())
                .distinct()
                .map(value -> Arguments.of(property.name(), value)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("atBounds")
    void a_value_at_its_bounds_is_in_effect(String property, int value) throws Exception {
        if (property.equals("retryFirstMillis")) {
            adapter.setRetryMaxMillis(Math.max(value, adapter.getRetryMaxMillis()));
        }
        set(property, value);

        adapter.start(new FakeServer(9));

        assertThat(adapter.branches().settings().inEffect()).containsEntry(property, Integer.toString(value));
    }

    @Test
    void a_longest_interval_below_the_first_is_refused_with_the_first_as_its_bound() {
        adapter.setRetryFirstMillis(40_000);

        assertThatThrownBy(() -> adapter.start(new FakeServer(9)))
                .hasMessageContaining("The property retryMaxMillis of the resource adapter is 30000;"
                        + " it must be 40000 to 86400000");
    }

    @Test
    void without_a_directory_a_server_that_names_none_is_told() {
        adapter.setLogDirectory(null);

        assertThatThrownBy(() -> adapter.start(new FakeServer(9)))
                .isInstanceOf(ResourceAdapterInternalException.class)
                .hasMessageContaining("HFRAR005 The property logDirectory is empty");
    }

    @Test
    void it_starts_when_the_value_is_mended() throws ResourceException {
        adapter.setHoldTimeoutMillis(0);
        assertThatThrownBy(() -> adapter.start(new FakeServer(9))).hasMessageContaining("holdTimeoutMillis");
        adapter.setHoldTimeoutMillis(1234);

        adapter.start(new FakeServer(9));

        assertThat(adapter.branches().settings().inEffect()).containsEntry("holdTimeoutMillis", "1234");
    }

    @Test
    void every_property_is_among_these_with_its_default() throws Exception {
        Map<String, Object> expected = new TreeMap<>();
        WHOLE.forEach(property -> expected.put(property.name(), property.standard()));
        TEXTS.forEach(property -> expected.put(property.name(), property.standard()));
        Map<String, Object> found = new TreeMap<>();
        HoldfastResourceAdapter untouched = new HoldfastResourceAdapter();
        for (PropertyDescriptor property : properties()) {
            found.put(property.getName(), property.getReadMethod().invoke(untouched));
        }

        assertThat(found).isEqualTo(expected);
    }

    @Test
    void the_descriptor_tells_type_default_and_bounds_of_every_property() throws Exception {
        Map<String, Described> described = described();

        assertThat(described).hasSize(WHOLE.size() + TEXTS.size());
        for (Whole property : WHOLE) {
            Described text = Objects.requireNonNull(described.get(property.name()), property.name());
            assertThat(text.type()).as(property.name()).isEqualTo("java.lang.Integer");
            assertThat(text.value()).as(property.name()).isEqualTo(Integer.toString(property.standard()));
            assertThat(text.description()).as(property.name()).contains(": " + property.documented());
        }
        for (Text property : TEXTS) {
            Described text = Objects.requireNonNull(described.get(property.name()), property.name());
            assertThat(text.type()).as(property.name()).isEqualTo("java.lang.String");
            assertThat(text.value()).as(property.name()).isEqualTo(property.standard());
            if (property.standard().isEmpty()) {
                assertThat(text.description()).as(property.name()).contains("Default: ");
            }
        }
    }

    @Test
    void the_docs_tell_default_and_bounds_of_every_property() throws IOException {
        String docs = Files.readString(Path.of("../../docs/adapter.md"));
        for (Whole property : WHOLE) {
            String[] row = rowOf(docs, property.name());
            assertThat(row[3].strip()).as(property.name()).matches(property.standard() + "(, .*)?");
            assertThat(row[4].strip().replace("`", "").replace("; 0 never", ", 0 for never"))
                    .as(property.name())
                    .isEqualTo(property.documented());
        }
        for (Text property : TEXTS) {
            assertThat(rowOf(docs, property.name())).as(property.name()).allMatch(cell -> !cell.isBlank());
            if (!property.standard().isEmpty()) {
                assertThat(rowOf(docs, property.name())[3]).contains("`" + property.standard() + "`");
            }
        }
    }

    /** Its cells from 1 on. */
    private static String[] rowOf(String docs, String property) {
        String start = "| `" + property + "` |";
        return docs.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> ("0" + line).split("\\|"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No row " + start));
    }

    private void set(String name, Object value) throws Exception {
        for (PropertyDescriptor property : properties()) {
            if (property.getName().equals(name)) {
                property.getWriteMethod().invoke(adapter, value);
                return;
            }
        }
        throw new AssertionError("No property " + name);
    }

    private static List<PropertyDescriptor> properties() throws IntrospectionException {
        return Arrays.asList(Introspector.getBeanInfo(HoldfastResourceAdapter.class, Object.class)
                .getPropertyDescriptors());
    }

    /** A property in ra.xml; the description without line breaks. */
    private record Described(String type, String value, String description) {}

    private static Map<String, Described> described() throws Exception {
        NodeList properties = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new File("src/main/rar/META-INF/ra.xml"))
                .getElementsByTagName("config-property");
        Map<String, Described> described = new TreeMap<>();
        for (int i = 0; i < properties.getLength(); i++) {
            Element property = (Element) properties.item(i);
            described.put(
                    text(property, "config-property-name"),
                    new Described(
                            text(property, "config-property-type"),
                            text(property, "config-property-value"),
                            text(property, "description").replaceAll("\\s+", " ")));
        }
        return described;
    }

    private static String text(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }
}
