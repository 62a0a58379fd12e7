package io.holdfast.lra.bean;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Internal: the library puts it on methods with {@code @LRA} or {@code @Leave} that are no resource methods. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface LraGoverned {
    /** The annotation itself. */
    final class Literal extends AnnotationLiteral<LraGoverned> implements LraGoverned {
        public static final Literal INSTANCE = new Literal();
        private static final long serialVersionUID = 1;
    }
}
