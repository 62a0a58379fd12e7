package io.holdfast.interceptors;

/** Internal: the API that an application has from the resource adapter only, so that it is not there without the adapter. */
public final class AdapterApi {
    private static final String CLASS = "io.holdfast.api.HoldfastConnectionFactory";

    private AdapterApi() {}

    public static boolean isVisible() {
        try {
            Class.forName(CLASS, false, AdapterApi.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException notThere) {
            return false;
        }
    }

    /**
     * What fails the deployment of an application that does not see it.
     *
     * @param name class, and method where it is on one
     * @param annotation which needs it
     */
    public static IllegalArgumentException missing(String name, String annotation) {
        return new IllegalArgumentException(InterceptorMessage.NO_ADAPTER_API.with(name, annotation));
    }
}
