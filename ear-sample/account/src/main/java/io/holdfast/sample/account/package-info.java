/** Internal: the account service. try freezes an amount, confirm deducts it, cancel unfreezes it. */
@NullMarked
package io.holdfast.sample.account;

import org.jspecify.annotations.NullMarked;
