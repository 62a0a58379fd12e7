package io.holdfast.tests.dubbo;

/** The Dubbo service. */
public interface Hotel {
    /** The LRA that the service works in; refused without one. */
    String book();
}
