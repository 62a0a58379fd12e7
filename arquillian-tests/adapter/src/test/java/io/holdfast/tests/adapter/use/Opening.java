package io.holdfast.tests.adapter.use;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Makes the table. */
@WebListener
public class Opening implements ServletContextListener {
    @Inject
    private Rows rows;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        rows.create();
    }
}
