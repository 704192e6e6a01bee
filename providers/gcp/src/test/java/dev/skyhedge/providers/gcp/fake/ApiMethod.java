package dev.skyhedge.providers.gcp.fake;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.skyhedge.providers.cloud.fake.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A method of the API as its published definition has it: verb, path template, body and parameters. A request
/// with anything that the definition does not know is refused as the API refuses it.
final class ApiMethod {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");

    private final MethodDescriptor method;
    private final String verb;
    private final Pattern path;
    private final List<String> variables = new ArrayList<>();
    private final String body;

    ApiMethod(MethodDescriptor method) {
        this.method = method;
        MethodOptions options = method.getOptions();
        HttpRule rule = options.getExtension(AnnotationsProto.http);
        this.verb = rule.getPatternCase().name();
        this.body = rule.getBody();
        String template = switch (rule.getPatternCase()) {
            case GET -> rule.getGet();
            case POST -> rule.getPost();
            case DELETE -> rule.getDelete();
            case PUT, PATCH, CUSTOM, PATTERN_NOT_SET ->
                throw new IllegalArgumentException("Not a method of this fake: " + method.getFullName());
        };
        Matcher matcher = VARIABLE.matcher(template);
        StringBuilder regex = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            regex.append(Pattern.quote(template.substring(from, matcher.start())))
                    .append("([^/]+)");
            variables.add(matcher.group(1));
            from = matcher.end();
        }
        this.path = Pattern.compile(regex + Pattern.quote(template.substring(from)));
    }

    /// `Service.Method`.
    String name() {
        return method.getService().getName() + "." + method.getName();
    }

    boolean answers(String requestVerb, String requestPath) {
        return verb.equals(requestVerb) && path.matcher(requestPath).matches();
    }

    /// The request's parts under the names of the definition's fields, such as `instance_resource`.
    Request read(String requestPath, String query, String text) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher matcher = path.matcher(requestPath);
        if (!matcher.matches()) {
            throw new IllegalStateException(requestPath + " is no " + name());
        }
        for (int i = 0; i < variables.size(); i++) {
            values.put(variables.get(i), decode(matcher.group(i + 1)));
        }
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            String key = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (key.equals("$alt") || key.equals("alt") || key.equals("prettyPrint")) {
                continue;
            }
            FieldDescriptor field = parameter(key)
                    .orElseThrow(() -> new Refusal(
                            400,
                            "badRequest",
                            "Invalid JSON payload received. Unknown name \"" + key
                                    + "\": Cannot bind query parameter. Field '" + key
                                    + "' could not be found in request message."));
            values.put(field.getName(), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return new Request(values, body.isEmpty() ? requireNoBody(text) : body(text));
    }

    private Optional<FieldDescriptor> parameter(String key) {
        return method.getInputType().getFields().stream()
                .filter(field -> field.getJsonName().equals(key))
                .filter(field -> !field.getName().equals(body) && !variables.contains(field.getName()))
                .findFirst();
    }

    private static String requireNoBody(String text) {
        if (!text.isEmpty() && !text.equals("{}")) {
            throw new Refusal(400, "badRequest", "Unexpected body");
        }
        return "";
    }

    private String body(String text) {
        try {
            parse(method.getInputType().findFieldByName(body).getMessageType(), text);
            return text;
        } catch (InvalidProtocolBufferException e) {
            throw new Refusal(400, "badRequest", "Invalid JSON payload received. " + e.getMessage());
        }
    }

    /// The message of the reply's type in this text.
    ///
    /// @throws InvalidProtocolBufferException if it has a field that the type has not
    Message reply(String text) throws InvalidProtocolBufferException {
        return parse(method.getOutputType(), text);
    }

    private static Message parse(com.google.protobuf.Descriptors.Descriptor type, String text)
            throws InvalidProtocolBufferException {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
        JsonFormat.parser().merge(text, builder);
        return builder.build();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /// A request taken apart.
    ///
    /// @param values path variables and parameters by the names of their fields
    /// @param body the body; empty if the method has none
    record Request(Map<String, String> values, String body) {
        String value(String name) {
            String value = values.get(name);
            if (value == null) {
                throw new Refusal(400, "required", "Required field '" + name + "' not specified");
            }
            return value;
        }

        Optional<String> optional(String name) {
            return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
        }
    }
}
