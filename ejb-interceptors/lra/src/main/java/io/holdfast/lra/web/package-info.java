/** Internal: what a servlet container has to do for the library in a web application. */
@NullMarked
package io.holdfast.lra.web;

import org.jspecify.annotations.NullMarked;
