/** The resource adapter on real servers: kills, redeployments, neighbours and foreign coordinators. */
@NullMarked
package io.holdfast.tests.adapter;

import org.jspecify.annotations.NullMarked;
