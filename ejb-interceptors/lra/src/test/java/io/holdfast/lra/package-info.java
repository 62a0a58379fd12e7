@NullMarked
package io.holdfast.lra;

import org.jspecify.annotations.NullMarked;
