package io.holdfast.lra.bean;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a method with {@code @LRA} or {@code @Leave} that is no resource method into its LRA. The library puts it on methods of session beans and
 * other CDI beans itself; on those of message-driven beans, whose interceptors servers find by the class as it is written, the application has to.
 *
 * <pre>{@code
 * @LRA @LraGoverned
 * public void onMessage(Message message) { ... }
 * }</pre>
 */
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
