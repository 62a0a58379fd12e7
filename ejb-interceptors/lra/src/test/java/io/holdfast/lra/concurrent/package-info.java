@NullMarked
package io.holdfast.lra.concurrent;

import org.jspecify.annotations.NullMarked;
