package io.holdfast.sample.shop;

/** Stands for the shop's class of that name, so that the kill rules can be checked without it. */
public final class OrderDesk {
    public void end() {}
}
