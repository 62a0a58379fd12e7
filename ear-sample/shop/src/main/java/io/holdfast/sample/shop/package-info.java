/** Sample: a shop whose order centre and account centre talk by reliable messages. */
@NullMarked
package io.holdfast.sample.shop;

import org.jspecify.annotations.NullMarked;
