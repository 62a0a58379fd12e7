/** Internal: finds the participants of an application at its deployment, and keeps what they need while it is deployed. */
@NullMarked
package io.holdfast.lra.cdi;

import org.jspecify.annotations.NullMarked;
