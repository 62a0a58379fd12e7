/** Tests without a server. */
@NullMarked
package io.holdfast.sample.bank;

import org.jspecify.annotations.NullMarked;
