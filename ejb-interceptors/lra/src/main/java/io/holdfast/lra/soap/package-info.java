/** API: handlers that carry an LRA in a SOAP header, one for each side of a web service. */
@NullMarked
package io.holdfast.lra.soap;

import org.jspecify.annotations.NullMarked;
