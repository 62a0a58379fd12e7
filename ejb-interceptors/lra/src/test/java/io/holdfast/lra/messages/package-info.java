/** Tests with fakes of our own. */
@NullMarked
package io.holdfast.lra.messages;

import org.jspecify.annotations.NullMarked;
