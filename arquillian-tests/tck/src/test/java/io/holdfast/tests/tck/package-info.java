/** Internal: what the MicroProfile LRA TCK needs to run on a WildFly with our coordinator. */
@NullMarked
package io.holdfast.tests.tck;

import org.jspecify.annotations.NullMarked;
