package io.holdfast.mutation;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A module that was compiled from changed sources, with the tests of the real one. */
final class BrokenModule implements AutoCloseable {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private final String name;
    private final ChildFirst classes;

    private BrokenModule(String name, ChildFirst classes) {
        this.name = name;
        this.classes = classes;
    }

    /** The sources by file of the module whose tests run. */
    static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Map<String, String> sources = new TreeMap<>();
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> sources.put(SOURCES.relativize(file).toString(), read(file)));
            return sources;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** @param tests one of the module's tests, in its topmost package or below */
    static BrokenModule compile(Class<?> tests, String name, Map<String, String> sources, Path output)
            throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<Source> units = sources.entrySet().stream()
                .map(source -> new Source(source.getKey(), source.getValue()))
                .toList();
        List<String> options = List.of("-d", output.toString(), "-cp", CLASS_PATH, "-proc:none", "-nowarn");
        if (!compiler.getTask(messages, null, null, options, null, units).call()) {
            throw new IllegalStateException("The changed sources do not compile:\n" + messages);
        }
        return new BrokenModule(name, new ChildFirst(name, tests, output));
    }

    /** Whether a test of the class, whose name is given below the module's package, fails with this module. */
    boolean fails(String tests) {
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(classes);
        try {
            TestExecutionSummary summary = run(classes.loadClass(name + tests));
            if (summary.getTestsFoundCount() == 0) {
                throw new IllegalStateException("No tests in " + tests);
            }
            return summary.getTotalFailureCount() > 0;
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException(gone);
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    private static TestExecutionSummary run(Class<?> tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tests))
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .configurationParameter("junit.jupiter.execution.timeout.test.method.default", "60 s")
                .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "SEPARATE_THREAD")
                .build();
        LauncherConfig alone = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create(alone).execute(request, listener);
        return listener.getSummary();
    }

    @Override
    public void close() throws IOException {
        classes.close();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String file, String text) {
            super(URI.create("string:///" + file), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Loads the module and its tests anew, everything else from the usual class path. */
    private static final class ChildFirst extends URLClassLoader {
        private final String name;

        ChildFirst(String name, Class<?> tests, Path compiled) throws MalformedURLException {
            super(
                    new URL[] {
                        compiled.toUri().toURL(),
                        tests.getProtectionDomain().getCodeSource().getLocation()
                    },
                    tests.getClassLoader());
            this.name = name;
        }

        @Override
        protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(wanted)) {
                if (!wanted.startsWith(name)) {
                    return super.loadClass(wanted, resolve);
                }
                Class<?> loaded = findLoadedClass(wanted);
                return loaded == null ? findClass(wanted) : loaded;
            }
        }
    }
}
