/** Tests of the queries. */
@NullMarked
package io.holdfast.interceptors.queries;

import org.jspecify.annotations.NullMarked;
