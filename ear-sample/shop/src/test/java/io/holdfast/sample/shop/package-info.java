/** Tests of the shop's parts. */
@NullMarked
package io.holdfast.sample.shop;

import org.jspecify.annotations.NullMarked;
