package io.holdfast.scenarios.context;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.List;

/** Calls another one of its kind, and is called. */
@ApplicationPath("api")
public class ContextApplication extends Application {
    /** A resource that goes into the archive under its name. */
    public static final String HANDLERS = "io/holdfast/scenarios/context/lra-handlers.xml";

    /** All classes that go into the archive, with {@code holdfast-lra} and {@code holdfast-interceptors}. */
    public static List<Class<?>> classes() {
        return List.of(
                ContextApplication.class,
                Calls.class,
                Caller.class,
                GlobalCaller.class,
                LaterBean.class,
                LaterSessionBean.class,
                MessageCaller.class,
                Rooms.class,
                RoomsClient.class,
                SoapRooms.class,
                SoapRoomsService.class,
                Switches.class,
                Way.class);
    }

    /** What goes only into the archive of the one that is called: its queue is there once in a server. */
    public static Class<?> receiver() {
        return MessageRooms.class;
    }
}
