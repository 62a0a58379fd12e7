package io.holdfast.interceptors.tcc;

import io.holdfast.api.Enlisted;
import io.holdfast.api.FlowState;
import io.holdfast.api.HoldfastConnectionFactory;
import io.holdfast.api.HoldfastException;
import io.holdfast.api.LocalParticipant;
import io.holdfast.interceptors.Directory;
import io.holdfast.lra.LongRunningActions;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.naming.NamingException;
import org.eclipse.microprofile.lra.annotation.LRAStatus;
import org.jspecify.annotations.Nullable;

/** An adapter that keeps one flow, and the coordinator of its LRA; what is not theirs comes from {@link FakeAdapter}. A single thread. */
final class FakeFlows implements Directory {
    static final URI LRA = URI.create("http://127.0.0.1:8080/lra-coordinator/lra-coordinator/1");

    final FakeAdapter server = new FakeAdapter();
    final Lras lras = new Lras();
    final Map<Enlisted, LocalParticipant> participants = new LinkedHashMap<>();
    final List<String> events = new ArrayList<>();
    private final Set<Enlisted> left = new HashSet<>();
    FlowState state = FlowState.UNKNOWN;
    String node = "n1";
    /** What the adapter throws; null when it works. */
    @Nullable
    RuntimeException outage;

    @Override
    public Object find(String name) throws NamingException {
        if (!name.equals("java:comp/env/eis/holdfast")) {
            return server.find(name);
        }
        return Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HoldfastConnectionFactory.class},
                (proxy, method, arguments) -> {
                    if (outage != null) {
                        throw outage;
                    }
                    return answer(method.getName(), arguments);
                });
    }

    private @Nullable Object answer(String method, Object[] arguments) {
        switch (method) {
            case "nodeId" -> {
                return node;
            }
            case "flowState" -> {
                return state;
            }
            case "enlist" -> {
                Enlisted enlisted = new Enlisted("flow", "p" + (participants.size() + 1));
                participants.put(enlisted, (LocalParticipant) arguments[1]);
                state = FlowState.ACTIVE;
                return enlisted;
            }
            case "store" -> {
                requireActive();
                participants.computeIfPresent((Enlisted) arguments[0], (id, one) -> with(one, (String) arguments[1]));
                return null;
            }
            case "leave" -> {
                requireActive();
                events.add("left " + ((Enlisted) arguments[0]).participant());
                left.add((Enlisted) arguments[0]);
                return left.size() < participants.size();
            }
            case "endFlow" -> {
                events.add("ended " + arguments[1]);
                if (state == FlowState.ACTIVE) {
                    state = arguments[1].equals(true) ? FlowState.CONFIRMED : FlowState.CANCELLED;
                }
                return state;
            }
            case "cancelFlow" -> {
                events.add("cancelled ahead: " + arguments[1]);
                state = state == FlowState.ACTIVE ? FlowState.CANCELLED : state;
                return state;
            }
            case "forgetFlow" -> {
                events.add("forgotten");
                return null;
            }
            default -> throw new UnsupportedOperationException(method);
        }
    }

    private static LocalParticipant with(LocalParticipant one, String data) {
        return new LocalParticipant(one.application(), one.bean(), one.method(), one.signature(), data, one.kind());
    }

    private void requireActive() {
        if (state != FlowState.ACTIVE) {
            throw new HoldfastException("it is " + state);
        }
    }

    /** What is asked of the coordinator. */
    final class Lras extends LongRunningActions {
        final List<String> data = new ArrayList<>();
        String kept = "";
        Supplier<LRAStatus> status = () -> LRAStatus.Active;
        Supplier<LRAStatus> cancel = () -> LRAStatus.Cancelled;

        @Override
        public String joinWithData(URI lra, Class<?> participant, String given) {
            String before = kept;
            kept = given.isEmpty() ? before : given;
            data.add(given);
            return before;
        }

        @Override
        public LRAStatus status(URI lra) {
            return status.get();
        }

        @Override
        public LRAStatus cancel(URI lra) {
            events.add("cancel");
            return cancel.get();
        }
    }
}
