/** A remote session bean and its caller, in two applications. */
@NullMarked
package io.holdfast.tests.wildfly.remote;

import org.jspecify.annotations.NullMarked;
