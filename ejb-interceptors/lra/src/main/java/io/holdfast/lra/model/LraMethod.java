package io.holdfast.lra.model;

import java.lang.reflect.Method;
import java.util.Optional;

/**
 * A resource method of Jakarta REST, or a method of a bean that is no resource.
 *
 * @param method as the class has it, which may be a superclass's or an interface's
 * @param rule what {@code @LRA} asks for; empty where nothing applies to it
 * @param leaves whether the participant leaves the LRA of the request before the method runs ({@code @Leave})
 * @param isCallback whether coordinators call it when an LRA ends
 */
public record LraMethod(Method method, Optional<LraRule> rule, boolean leaves, boolean isCallback) {}
