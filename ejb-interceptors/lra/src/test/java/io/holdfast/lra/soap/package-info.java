@NullMarked
package io.holdfast.lra.soap;

import org.jspecify.annotations.NullMarked;
