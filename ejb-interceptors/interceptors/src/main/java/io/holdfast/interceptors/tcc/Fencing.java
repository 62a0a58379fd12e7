package io.holdfast.interceptors.tcc;

/**
 * How a method is fenced, as annotated.
 *
 * @param used whether it is where there is a data source for it
 * @param traced whether its try leaves a trace before it runs
 * @param dataSource its name, empty for the default
 */
record Fencing(boolean used, boolean traced, String dataSource) {
    static Fencing of(Tcc tcc) {
        return new Fencing(tcc.fence(), tcc.traced(), tcc.dataSource());
    }

    static Fencing of(Compensable action) {
        return new Fencing(action.fence(), action.traced(), action.dataSource());
    }

    /** Where the data source is looked for. */
    String name() {
        return dataSource.isEmpty() ? Fences.DEFAULT : dataSource;
    }

    /** Whether the data source has to be there. */
    boolean required() {
        return traced || !dataSource.isEmpty();
    }
}
