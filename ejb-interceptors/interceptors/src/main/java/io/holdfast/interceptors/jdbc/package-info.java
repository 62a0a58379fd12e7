/** Internal: what databases do differently, for the tables of this module. */
@NullMarked
package io.holdfast.interceptors.jdbc;

import org.jspecify.annotations.NullMarked;
