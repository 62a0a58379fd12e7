/** Tests on H2 in memory. */
@NullMarked
package io.holdfast.sample.account;

import org.jspecify.annotations.NullMarked;
