package io.holdfast.coordinator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoordinatorApplicationTest {
    /** {@code ServletProperties.QUERY_PARAMS_AS_FORM_PARAMS_DISABLED}; that Jersey obeys is seen in GeneratedRequestsIT on Payara. */
    @Test
    void jersey_does_not_take_the_query_for_a_form_and_warn_of_it() {
        assertThat(new CoordinatorApplication().getProperties())
                .containsEntry("jersey.config.servlet.form.queryParams.disabled", true);
    }
}
