/** Tests with fakes of our own. */
@NullMarked
package io.holdfast.lra.client;

import org.jspecify.annotations.NullMarked;
