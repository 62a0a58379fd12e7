/** The sample's shop, as its clients see it. */
@NullMarked
package io.holdfast.scenarios.shop;

import org.jspecify.annotations.NullMarked;
