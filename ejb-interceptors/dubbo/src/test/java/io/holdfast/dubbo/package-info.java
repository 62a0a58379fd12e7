@NullMarked
package io.holdfast.dubbo;

import org.jspecify.annotations.NullMarked;
