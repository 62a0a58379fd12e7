@NullMarked
package io.holdfast.lra.web;

import org.jspecify.annotations.NullMarked;
