/** An application with a Dubbo service that takes part in the LRA of its caller, and with a caller of such a service. */
@NullMarked
package io.holdfast.tests.dubbo;

import org.jspecify.annotations.NullMarked;
