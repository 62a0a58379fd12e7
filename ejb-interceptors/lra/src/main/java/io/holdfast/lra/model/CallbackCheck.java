package io.holdfast.lra.model;

import io.holdfast.lra.messages.ParticipantMessage;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One callback of a class, and what is wrong with it. Confined to one thread. */
final class CallbackCheck {
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\s*([\\w.-]+)");
    private static final Pattern SLASHES_AROUND = Pattern.compile("^/+|/+$");

    private final Class<?> type;
    private final CallbackKind kind;
    private final Declarations declarations;
    private final Method method;
    private final Optional<RestMapping> rest;
    private final String classPath;

    CallbackCheck(Class<?> type, CallbackKind kind, Declarations declarations) {
        this.type = type;
        this.kind = kind;
        this.declarations = declarations;
        this.method = declarations.method();
        this.rest = RestMapping.of(declarations);
        this.classPath = RestMapping.pathOf(type).orElse("");
    }

    Callback callback() {
        return rest.<Callback>map(mapping -> new Callback.Rest(kind, method, path(mapping)))
                .orElseGet(() -> new Callback.Plain(kind, method));
    }

    private String path(RestMapping mapping) {
        StringBuilder path = new StringBuilder();
        for (String part : List.of(classPath, mapping.path())) {
            String trimmed = SLASHES_AROUND.matcher(part).replaceAll("");
            if (!trimmed.isEmpty()) {
                path.append('/').append(trimmed);
            }
        }
        return path.isEmpty() ? "/" : path.toString();
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (!declarations.isCallable()) {
            problems.add(problem(ParticipantMessage.CALLBACK_NOT_PUBLIC));
        }
        rest.ifPresentOrElse(mapping -> checkRest(mapping, problems), () -> checkPlain(problems));
        return problems;
    }

    private void checkRest(RestMapping mapping, List<Problem> problems) {
        String verb = mapping.verb().orElse("no HTTP method");
        if (!verb.equals(kind.verb())) {
            problems.add(problem(ParticipantMessage.WRONG_VERB, kind.verb(), verb));
        }
        Set<String> unknown = templatesOf(mapping.path());
        unknown.removeAll(templatesOf(classPath));
        unknown.forEach(name -> problems.add(problem(ParticipantMessage.UNKNOWN_TEMPLATE, name)));
    }

    private static Set<String> templatesOf(String path) {
        Set<String> names = new HashSet<>();
        for (Matcher template = TEMPLATE.matcher(path); template.find(); ) {
            names.add(template.group(1));
        }
        return names;
    }

    private void checkPlain(List<Problem> problems) {
        if (!Signatures.mayReturn(kind, method.getGenericReturnType())) {
            problems.add(problem(
                    ParticipantMessage.WRONG_RETURN_TYPE,
                    method.getGenericReturnType().getTypeName(),
                    Signatures.returnTypesOf(kind)));
        }
        if (!Signatures.mayTake(kind, method)) {
            problems.add(problem(
                    ParticipantMessage.WRONG_PARAMETERS,
                    Signatures.parametersOf(method),
                    Signatures.parametersAllowedFor(kind)));
        }
    }

    private Problem problem(ParticipantMessage message, Object... more) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(ModelReader.name(type, declarations));
        arguments.add(kind.annotation().getSimpleName());
        arguments.addAll(List.of(more));
        return Problem.of(message, arguments.toArray());
    }
}
