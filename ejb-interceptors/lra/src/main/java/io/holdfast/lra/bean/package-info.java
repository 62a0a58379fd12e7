/** API: {@link io.holdfast.lra.bean.LraGoverned}. The rest is internal: lets methods of session beans, message-driven beans and other beans that are no resources into their LRAs. */
@NullMarked
package io.holdfast.lra.bean;

import org.jspecify.annotations.NullMarked;
