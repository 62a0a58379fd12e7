package io.holdfast.tests.dubbo;

import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.bootstrap.DubboBootstrap;
import org.apache.dubbo.rpc.model.FrameworkModel;

/** How both sides use Dubbo: without a registry, and without what it listens on for operators. */
final class Dubbo {
    private Dubbo() {}

    static DubboBootstrap application(String name) {
        ApplicationConfig application = new ApplicationConfig(name);
        application.setQosEnable(false);
        application.setEnableFileCache(false);
        application.setLogger("jdk");
        return DubboBootstrap.newInstance(new FrameworkModel())
                .application(application)
                .registry(new RegistryConfig(RegistryConfig.NO_AVAILABLE));
    }
}
