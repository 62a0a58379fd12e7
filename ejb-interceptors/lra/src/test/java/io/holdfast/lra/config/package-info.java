/** Tests with fakes of our own. */
@NullMarked
package io.holdfast.lra.config;

import org.jspecify.annotations.NullMarked;
