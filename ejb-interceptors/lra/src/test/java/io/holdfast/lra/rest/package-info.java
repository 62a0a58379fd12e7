@NullMarked
package io.holdfast.lra.rest;

import org.jspecify.annotations.NullMarked;
