/**
 * Internal: what the annotations of MicroProfile LRA 2.0 on a class mean, and what is wrong with them. Reads classes by reflection, once
 * at deployment; knows no server and no coordinator.
 */
@NullMarked
package io.holdfast.lra.model;

import org.jspecify.annotations.NullMarked;
