@NullMarked
package io.holdfast.lra.cdi;

import org.jspecify.annotations.NullMarked;
