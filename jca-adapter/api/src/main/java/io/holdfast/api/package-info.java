/** API: what an application compiles against. At run time the classes come from the resource adapter only. */
@NullMarked
package io.holdfast.api;

import org.jspecify.annotations.NullMarked;
