/** A remote session bean that is given the LRA as an argument, and its caller, in two applications. */
@NullMarked
package io.holdfast.tests.payara.remote;

import org.jspecify.annotations.NullMarked;
