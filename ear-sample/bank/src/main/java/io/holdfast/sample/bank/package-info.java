/** Internal: the bank. One transfer is one JTA transaction and one LRA with one outcome. */
@NullMarked
package io.holdfast.sample.bank;

import org.jspecify.annotations.NullMarked;
