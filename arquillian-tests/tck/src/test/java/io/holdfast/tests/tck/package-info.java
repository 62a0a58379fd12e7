/** Internal: what the MicroProfile LRA TCK needs to run on a WildFly or a Payara, with stock participants or ours, and with our coordinator or Narayana's. */
@NullMarked
package io.holdfast.tests.tck;

import org.jspecify.annotations.NullMarked;
