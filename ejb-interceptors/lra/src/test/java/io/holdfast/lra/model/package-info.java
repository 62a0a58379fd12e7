/** Tests with fakes of our own. */
@NullMarked
package io.holdfast.lra.model;

import org.jspecify.annotations.NullMarked;
