/** API: whether something that was begun has succeeded, asked over HTTP at growing intervals. */
@NullMarked
package io.holdfast.interceptors.queries;

import org.jspecify.annotations.NullMarked;
