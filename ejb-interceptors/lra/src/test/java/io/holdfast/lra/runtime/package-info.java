@NullMarked
package io.holdfast.lra.runtime;

import org.jspecify.annotations.NullMarked;
