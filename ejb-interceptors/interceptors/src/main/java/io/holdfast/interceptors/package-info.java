/** API: annotations and filters that an application carries in WEB-INF/lib; what is not public is internal. */
@NullMarked
package io.holdfast.interceptors;

import org.jspecify.annotations.NullMarked;
