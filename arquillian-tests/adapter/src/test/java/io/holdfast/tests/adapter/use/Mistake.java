package io.holdfast.tests.adapter.use;

import io.holdfast.api.Enlisted;
import io.holdfast.api.HoldfastConnection;
import io.holdfast.api.HttpParticipant;
import io.holdfast.api.LocalParticipant;
import java.net.URI;
import java.time.Duration;

/** What an application can do wrong with a connection in a transaction. */
public enum Mistake {
    USED_AFTER_CLOSE {
        @Override
        void make(HoldfastConnection connection) {
            connection.close();
            connection.lra();
        }
    },
    UNKNOWN_SCHEME {
        @Override
        void make(HoldfastConnection connection) {
            connection.enlist(
                    new HttpParticipant(URI.create("ftp://127.0.0.1/confirm"), URI.create("ftp://127.0.0.1/x"), null));
        }
    },
    HOST_NOT_ALLOWED {
        @Override
        void make(HoldfastConnection connection) {
            connection.enlist(new HttpParticipant(
                    URI.create("http://127.0.0.1/confirm"), URI.create("http://elsewhere.example/cancel"), null));
        }
    },
    NO_TIME {
        @Override
        void make(HoldfastConnection connection) {
            connection.lra(Duration.ZERO);
        }
    },
    TOO_MUCH_DATA {
        @Override
        void make(HoldfastConnection connection) {
            connection.enlist(new LocalParticipant("application", "bean", "method", "", "x".repeat(70_000)));
        }
    },
    UNKNOWN_PARTICIPANT {
        @Override
        void make(HoldfastConnection connection) {
            connection.store(new Enlisted("another", "participant"), "data");
        }
    };

    abstract void make(HoldfastConnection connection);
}
