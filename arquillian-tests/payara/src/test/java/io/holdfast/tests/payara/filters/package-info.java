/** A service and a caller in one WAR, for the tests of what the libraries do in an EAR. */
@NullMarked
package io.holdfast.tests.payara.filters;

import org.jspecify.annotations.NullMarked;
