package io.holdfast.interceptors.tcc;

import jakarta.annotation.Priority;
import jakarta.interceptor.Interceptor;

/**
 * Internal: runs inside the container's transaction: after an EJB's own, after {@code @Transactional}, which has priority 200, and after
 * {@code GlobalTransaction}; what comes after it runs in the method's own transaction.
 */
@Interceptor
@Tcc(confirm = "", cancel = "")
@Priority(Interceptor.Priority.LIBRARY_BEFORE + 50)
public class TccInterceptor extends ParticipantInterceptor {
    private static final long serialVersionUID = 1;
}
