package io.holdfast.interceptors.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTransient;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

public class StoredValuesTest {
    @Test
    void what_is_written_beside_the_values_comes_back_by_name_and_changes_none_of_them() {
        Type[] types = {String.class};
        String text = StoredValues.write(types, new Object[] {"a"}, Map.of("fence", "jdbc/\"x\"", "tried", "no"));
        assertThat(text).isEqualTo("{\"v\":1,\"values\":[\"a\"],\"fence\":\"jdbc/\\\"x\\\"\",\"tried\":\"no\"}");
        assertThat(StoredValues.notes(text)).isEqualTo(Map.of("fence", "jdbc/\"x\"", "tried", "no"));
        assertThat(StoredValues.read(text, types)).containsExactly("a");
        assertThat(StoredValues.notes(StoredValues.write(types, new Object[] {"a"})))
                .isEmpty();
    }

    @Test
    void every_kind_of_value_that_can_be_kept_comes_back_equal() {
        assertThat(StoredValues.obstacle(Everything.class)).isEmpty();
        assertThat(throughText(Everything.class, Everything.FULL)).isEqualTo(Everything.FULL);
        assertThat(throughText(Everything.class, Everything.EMPTY)).isEqualTo(Everything.EMPTY);
    }

    @Test
    void the_text_is_versioned_and_readable() {
        assertThat(StoredValues.write(
                        new Type[] {Money.class, int.class, String.class},
                        new @Nullable Object[] {new Money(new BigDecimal("12.50"), "EUR"), 7, null}))
                .isEqualTo("{\"v\":1,\"values\":[{\"amount\":12.50,\"currency\":\"EUR\"},7,null]}");
    }

    @Test
    void a_method_s_arguments_come_back_by_its_parameter_types() {
        Method method = methodOf(Signatures.class, "all");
        @Nullable
        Object[] arguments = {
            3,
            "a \"quoted\" text, ä€😀 \u0001",
            List.of(new Money(new BigDecimal("0.10"), "EUR"), new Money(new BigDecimal("1E+3"), "JPY")),
            Map.of("a", List.of(1L, 2L)),
            new int[] {1, 2},
            new byte[] {0, -1, 127},
            null
        };
        for (Type type : method.getGenericParameterTypes()) {
            assertThat(StoredValues.obstacle(type)).as(type.getTypeName()).isEmpty();
        }

        String text = StoredValues.write(method.getGenericParameterTypes(), arguments);

        assertThat(StoredValues.read(text, method.getGenericParameterTypes()))
                .usingRecursiveComparison()
                .isEqualTo(Arrays.asList(arguments));
    }

    @Test
    void beans_with_getters_and_setters_come_back() {
        Bean bean = new Bean();
        bean.setName("n");
        bean.setOpen(true);
        Bean child = new Bean();
        child.setName("c");
        bean.setChild(child);
        assertThat(StoredValues.obstacle(Bean.class)).isEmpty();
        assertThat(throughText(Bean.class, bean)).usingRecursiveComparison().isEqualTo(bean);
    }

    @Test
    void null_values_of_maps_and_lists_are_kept() {
        Map<String, @Nullable Integer> map = new HashMap<>();
        map.put("a", null);
        map.put("b", 1);
        Type type = methodOf(Signatures.class, "map").getGenericParameterTypes()[0];
        assertThat(throughText(type, map)).isEqualTo(map);
        List<@Nullable String> list = Arrays.asList("a", null);
        Type listType = methodOf(Signatures.class, "strings").getGenericParameterTypes()[0];
        assertThat(throughText(listType, list)).isEqualTo(list);
    }

    @Test
    void what_cannot_be_kept_is_told_with_its_place_and_reason() {
        assertThat(obstacle("stream")).startsWith("[].source is a java.io.InputStream, which has no JSON form");
        assertThat(obstacle("object")).startsWith("it is a java.lang.Object");
        assertThat(obstacle("wildcards")).startsWith("[] is a ?, which does not say what is in it");
        assertThat(obstacle("raw")).startsWith("it is a java.util.List, which does not say what is in it");
        assertThat(obstacle("variable")).startsWith("it is a T, which does not say");
        assertThat(obstacle("keys")).contains("whose keys are no strings");
        assertThat(obstacle("generic")).contains("which is generic");
        assertThat(obstacle("lossy")).startsWith("secret is a java.lang.String, and would be lost");
        assertThat(obstacle("halfTransient")).startsWith("number is a int, and would be lost");
        assertThat(obstacle("unmade")).contains("has no constructor without parameters");
        assertThat(obstacle("inner")).contains("has no constructor without parameters");
        assertThat(obstacle("open")).contains("which is abstract, so that");
        assertThat(obstacle("hidden")).contains("which is not public");
        assertThat(obstacle("date")).contains("java.util.Date, which has no JSON form");
    }

    @Test
    void what_json_binding_is_told_to_leave_out_cannot_be_kept() {
        assertThat(obstacle("transientComponent"))
                .startsWith("number is a long, and would be lost: it is @JsonbTransient");
        assertThat(obstacle("transientAccessor")).startsWith("[].number is a long, and would be lost");
        assertThat(obstacle("transientField")).startsWith("number is a int, and would be lost: it is @JsonbTransient");
        assertThat(obstacle("transientGetter")).startsWith("open is a boolean, and would be lost");
        assertThat(obstacle("transientSetter")).startsWith("open is a boolean, and would be lost");
        assertThat(obstacle("transientByItsOwn")).startsWith("number is a int, and would be lost");
        assertThat(obstacle("transientForItsCreator")).startsWith("number is a int, and would be lost");
        assertThat(obstacle("transientForItsRenamingCreator")).startsWith("number is a int, and would be lost");
    }

    @Test
    void what_a_creator_makes_anew_may_be_left_out() {
        assertThat(obstacle("derived")).isEqualTo("none");
        assertThat(((Derived) Objects.requireNonNull(throughText(Derived.class, new Derived("ab")))).length)
                .isEqualTo(2);
    }

    @Test
    void a_double_that_is_no_number_is_refused_when_it_is_written() {
        for (Object bad : new Object[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> StoredValues.write(new Type[] {double.class}, new Object[] {bad}))
                    .isInstanceOf(StoredValueException.class)
                    .hasMessageStartingWith("HFINT036 ");
        }
        assertThatThrownBy(() -> StoredValues.write(new Type[] {Point.class}, new Object[] {new Point(Double.NaN)}))
                .isInstanceOf(StoredValueException.class);
    }

    @Test
    void a_value_of_a_subclass_is_refused_when_it_is_written() {
        assertThatThrownBy(() -> StoredValues.write(new Type[] {Bean.class}, new Object[] {new Bean() {}}))
                .isInstanceOf(StoredValueException.class)
                .hasMessageStartingWith("HFINT036 ")
                .hasMessageContaining("would come back without");
    }

    @Test
    void a_text_that_does_not_fit_is_refused() {
        Type[] one = {Integer.class};
        for (String bad : new String[] {
            "",
            "7",
            "{}",
            "{\"v\":2,\"values\":[7]}",
            "{\"v\":1}",
            "{\"v\":1,\"values\":[7,8]}",
            "{\"v\":1,\"values\":[{}]}",
            "{\"v\":1,\"values\":[\"x\"]}",
            "{\"v\":\"1\",\"values\":7}",
            "{\"v\":1,\"values\":[7]"
        }) {
            assertThatThrownBy(() -> StoredValues.read(bad, one))
                    .as(bad)
                    .isInstanceOf(StoredValueException.class)
                    .hasMessageStartingWith("HFINT037 ");
        }
    }

    private static String obstacle(String method) {
        return StoredValues.obstacle(methodOf(Signatures.class, method).getGenericParameterTypes()[0])
                .orElse("none");
    }

    private static @Nullable Object throughText(Type type, Object value) {
        Type[] types = {type};
        return StoredValues.read(StoredValues.write(types, new Object[] {value}), types)
                .get(0);
    }

    private static Method methodOf(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public record Money(BigDecimal amount, String currency) {}

    public record Pair<A, B>(A left, B right) {}

    public record Point(double x) {}

    public record Source(InputStream source) {}

    @NullUnmarked
    public static class Bean {
        private String name;
        private boolean open;
        private Bean child;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public boolean isOpen() {
            return open;
        }

        public void setOpen(boolean open) {
            this.open = open;
        }

        public Bean getChild() {
            return child;
        }

        public void setChild(Bean child) {
            this.child = child;
        }
    }

    public static class Lossy {
        @SuppressWarnings("unused")
        private final String secret = "s";
    }

    public static class HalfTransient {
        public transient int number;
    }

    public static class Unmade {
        public Unmade(int number) {
            Objects.checkIndex(number, 7);
        }
    }

    @SuppressWarnings("ClassCanBeStatic")
    public class Inner {}

    record Hidden(int number) {}

    public abstract static class Open {}

    public record TransientComponent(@JsonbTransient long number) {}

    public record TransientAccessor(long number) {
        @Override
        @JsonbTransient
        public long number() {
            return number;
        }
    }

    public static class TransientField {
        @JsonbTransient
        public int number;
    }

    public static class TransientGetter {
        private boolean open;

        @JsonbTransient
        public boolean isOpen() {
            return open;
        }

        public void setOpen(boolean open) {
            this.open = open;
        }
    }

    public static class TransientSetter {
        private boolean open;

        public boolean isOpen() {
            return open;
        }

        @JsonbTransient
        public void setOpen(boolean open) {
            this.open = open;
        }
    }

    @JsonbTransient
    @Retention(RetentionPolicy.RUNTIME)
    @interface Unkept {}

    public static class TransientByItsOwn {
        @Unkept
        public int number;
    }

    public static class TransientForItsCreator {
        @JsonbTransient
        private final int number;

        @JsonbCreator
        public TransientForItsCreator(int number) {
            this.number = number;
        }

        public int getNumber() {
            return number;
        }
    }

    public static class TransientForItsRenamingCreator {
        private final int number;

        @JsonbCreator
        public TransientForItsRenamingCreator(@JsonbProperty("number") int other) {
            this.number = other;
        }

        @JsonbTransient
        public int getNumber() {
            return number;
        }
    }

    public static class Derived {
        private final String name;

        @JsonbTransient
        private final int length;

        @JsonbCreator
        public Derived(@JsonbProperty("name") String name) {
            this.name = name;
            this.length = name.length();
        }

        public String getName() {
            return name;
        }
    }

    interface Signatures<T> {
        void all(
                int number,
                String text,
                List<Money> money,
                Map<String, List<Long>> lists,
                int[] numbers,
                byte[] bytes,
                Money nothing);

        void map(Map<String, Integer> map);

        void strings(List<String> list);

        void stream(List<Source> sources);

        void object(Object object);

        void wildcards(List<?> list);

        @SuppressWarnings("rawtypes")
        void raw(List list);

        void variable(T variable);

        void keys(Map<Money, String> map);

        void generic(Pair<String, Money> pair);

        void lossy(Lossy lossy);

        void halfTransient(HalfTransient value);

        void transientComponent(TransientComponent value);

        void transientAccessor(List<TransientAccessor> value);

        void transientField(TransientField value);

        void transientGetter(TransientGetter value);

        void transientSetter(TransientSetter value);

        void transientByItsOwn(TransientByItsOwn value);

        void transientForItsCreator(TransientForItsCreator value);

        void transientForItsRenamingCreator(TransientForItsRenamingCreator value);

        void derived(Derived value);

        void unmade(Unmade value);

        void hidden(Hidden value);

        void inner(Inner value);

        void open(Open value);

        @SuppressWarnings("JavaUtilDate")
        void date(java.util.Date date);
    }
}
