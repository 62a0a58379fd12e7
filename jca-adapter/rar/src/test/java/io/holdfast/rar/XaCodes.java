package io.holdfast.rar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import javax.transaction.xa.XAException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What every XAException of the adapter must have. */
final class XaCodes {
    private XaCodes() {}

    static XAException assertFailsWith(int code, ThrowingCallable call) {
        XAException failure = catchThrowableOfType(XAException.class, call);
        assertThat(failure).as("an XAException").isNotNull();
        assertThat(failure.errorCode).isEqualTo(code);
        assertThat(failure.getCause()).isNotNull();
        assertThat(failure.getMessage()).startsWith("HFRAR");
        return failure;
    }
}
