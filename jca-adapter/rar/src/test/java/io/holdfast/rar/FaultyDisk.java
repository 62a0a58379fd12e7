package io.holdfast.rar;

import io.holdfast.engine.log.Disk;
import io.holdfast.engine.log.ForwardingDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A disk that loses what was not forced when the JVM is halted, as a power cut would, and whose writes do something else when its
 * switch says so.
 */
final class FaultyDisk extends ForwardingDisk {
    private final Switch fault;

    /** Says what a write does. Thread-safe. */
    static final class Switch {
        private boolean failing;
        private int forces;
        private int writesUntilHalt = -1;
        private int writesUntilFailure = -1;
        private int writesUntilHang = -1;
        private final CountDownLatch hung = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private volatile boolean hanging;

        /** How often something was forced. */
        synchronized int forces() {
            return forces;
        }

        private synchronized void forced() {
            forces++;
        }

        synchronized void failFromNowOn() {
            failing = true;
        }

        /** Fails the given write from now on, counted from 1, and all after it. */
        synchronized void failAtWrite(int number) {
            writesUntilFailure = number;
        }

        /** Lets every write from now on wait until {@link #release}. */
        void hangFromNowOn() {
            hanging = true;
        }

        /** Lets the given write from now on, counted from 1, and all after it wait until {@link #release}. */
        synchronized void hangAtWrite(int number) {
            writesUntilHang = number;
        }

        /** Waits until a write hangs. */
        void awaitHanging() throws InterruptedException {
            if (!hung.await(FakeCoordinator.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Nothing more was written");
            }
        }

        void release() {
            released.countDown();
        }

        private synchronized boolean hangs() {
            if (writesUntilHang > 0 && --writesUntilHang == 0) {
                hanging = true;
            }
            return hanging;
        }

        private void await() throws IOException {
            if (hangs()) {
                hung.countDown();
                try {
                    released.await();
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    throw new IOException(stop);
                }
            }
        }

        /** Halts this JVM before the given write from now on, counted from 1. */
        synchronized void haltBeforeWrite(int number) {
            writesUntilHalt = number;
        }

        private synchronized void beforeWrite() throws IOException {
            if (writesUntilFailure > 0 && --writesUntilFailure == 0) {
                failing = true;
            }
            if (failing) {
                throw new IOException("The disk is broken, as told");
            }
            if (writesUntilHalt > 0 && --writesUntilHalt == 0) {
                Runtime.getRuntime().halt(CrashTest.HALTED);
            }
        }
    }

    FaultyDisk(Disk disk, Switch fault) {
        super(disk);
        this.fault = fault;
    }

    @Override
    public Appender create(String name) throws IOException {
        return new ForgetfulAppender(super.create(name));
    }

    private final class ForgetfulAppender extends ForwardingAppender {
        private final List<ByteBuffer> unforced = new ArrayList<>();

        ForgetfulAppender(Appender file) {
            super(file);
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            fault.await();
            fault.beforeWrite();
            ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
            copy.put(bytes).flip();
            unforced.add(copy);
        }

        @Override
        public void force() throws IOException {
            write();
            super.force();
            fault.forced();
        }

        @Override
        public void close() throws IOException {
            write();
            super.close();
        }

        private void write() throws IOException {
            for (ByteBuffer bytes : unforced) {
                super.append(bytes);
            }
            unforced.clear();
        }
    }
}
