package io.holdfast.interceptors.idempotent;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.jms.Message;
import org.junit.jupiter.api.Test;

/** Deployments in a CDI container. */
class IdempotentCheckTest {
    @Test
    void two_methods_of_a_bean_with_one_name_fail_the_deployment_also_when_one_is_inherited() {
        assertThatThrownBy(() -> deploy(Overloaded.class))
                .hasMessageContaining("HFINT043 " + Overloaded.class.getName()
                        + "#pay is @Idempotent, but two methods have this name, so that they would share their keys");
    }

    @Test
    void beans_that_inherit_and_override_are_deployed() {
        assertThatCode(() -> deploy(Card.class, Cash.class, Overriding.class, Refund.class))
                .doesNotThrowAnyException();
    }

    @Test
    void a_mistake_in_an_inherited_method_is_told_with_the_bean() {
        assertThatThrownBy(() -> deploy(Mistaken.class))
                .hasMessageContaining(
                        "HFINT043 " + Mistaken.class.getName() + "#pay is @Idempotent, but it has no key");
    }

    private static void deploy(Class<?>... beans) {
        SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new IdempotentCheck())
                .addBeanClasses(beans)
                .initialize()
                .close();
    }

    abstract static class AnyPayment {
        @Idempotent(key = "id")
        public String pay(long id) {
            return "paid " + id;
        }
    }

    static class Card extends AnyPayment {}

    static class Cash extends AnyPayment {}

    static class Overriding extends AnyPayment {
        @Override
        @Idempotent(key = "id")
        public String pay(long id) {
            return "paid again " + id;
        }
    }

    static class Overloaded extends AnyPayment {
        @Idempotent(key = "name")
        public String pay(String name) {
            return "paid " + name;
        }
    }

    abstract static class AnyRefund<T> {
        @Idempotent(key = "jms:id")
        public void refund(T payment, Message message) {}
    }

    static class Refund extends AnyRefund<String> {
        @Override
        @Idempotent(key = "jms:id")
        public void refund(String payment, Message message) {}
    }

    abstract static class AnyMistake {
        @Idempotent
        public void pay(long id) {}
    }

    static class Mistaken extends AnyMistake {}
}
