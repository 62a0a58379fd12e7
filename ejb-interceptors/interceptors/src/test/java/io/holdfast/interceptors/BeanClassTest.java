package io.holdfast.interceptors;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.Test;

class BeanClassTest {
    @Test
    void the_subclass_that_a_container_makes_of_a_bean_is_not_its_class() {
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(Card.class, Looking.class)
                .initialize()) {
            Class<?> target = container.select(Card.class).get().pay();

            assertThat(target).isNotEqualTo(Card.class);
            assertThat(BeanClass.of(target)).isEqualTo(Card.class);
        }
    }

    @Test
    void nor_is_the_one_that_payara_makes_of_a_stateful_bean() {
        assertThat(BeanClass.of(_Basket_Serializable.class)).isEqualTo(Basket.class);
        assertThat(BeanClass.of(Basket_Serializable.class)).isEqualTo(Basket_Serializable.class);
    }

    @Test
    void a_class_that_the_application_has_is_itself() {
        assertThat(BeanClass.of(Card.class)).isEqualTo(Card.class);
        assertThat(BeanClass.of(Payment.class)).isEqualTo(Payment.class);
    }

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Looked {}

    /** Answers what class the instance has. */
    @Interceptor
    @Looked
    @Priority(Interceptor.Priority.APPLICATION)
    static class Looking {
        @AroundInvoke
        Object look(InvocationContext context) {
            return context.getTarget().getClass();
        }
    }

    abstract static class Payment {
        @Looked
        public Class<?> pay() {
            return Payment.class;
        }
    }

    static class Card extends Payment {}
}

class Basket {}

class _Basket_Serializable extends Basket {}

class Basket_Serializable extends Basket {}
