/** Internal: the merchant service. try notes an amount and touches no balance, confirm credits it, cancel drops it. */
@NullMarked
package io.holdfast.sample.merchant;

import org.jspecify.annotations.NullMarked;
