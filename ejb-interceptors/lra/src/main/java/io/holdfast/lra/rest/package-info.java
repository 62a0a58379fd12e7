/** Internal: brings requests and calls of Jakarta REST to the runtime, and registers itself on RESTEasy and on Jersey. */
@NullMarked
package io.holdfast.lra.rest;

import org.jspecify.annotations.NullMarked;
