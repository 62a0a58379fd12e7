/** API: the REST contract, compatible with the clients of Narayana's LRA coordinator. */
@NullMarked
package io.holdfast.coordinator.rest;

import org.jspecify.annotations.NullMarked;
