/** Tests of beans that are no resources. */
@NullMarked
package io.holdfast.lra.bean;

import org.jspecify.annotations.NullMarked;
