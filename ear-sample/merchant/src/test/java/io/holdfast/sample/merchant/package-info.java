/** Tests on H2 in memory. */
@NullMarked
package io.holdfast.sample.merchant;

import org.jspecify.annotations.NullMarked;
