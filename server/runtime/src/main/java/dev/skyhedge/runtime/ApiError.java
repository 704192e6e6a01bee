package dev.skyhedge.runtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// An error as OpenAI's clients understand it.
///
/// @param status HTTP status
/// @param type OpenAI's class of error
/// @param param the field of the request that is wrong
/// @param code what programs compare
record ApiError(int status, String type, String message, Optional<String> param, Optional<String> code) {

    static ApiError invalid(String param, String message) {
        return new ApiError(400, "invalid_request_error", message, Optional.of(param), Optional.empty());
    }

    static ApiError malformed(String message) {
        return new ApiError(400, "invalid_request_error", message, Optional.empty(), Optional.empty());
    }

    static ApiError of(int status, String type, String message, String code) {
        return new ApiError(status, type, message, Optional.empty(), Optional.of(code));
    }

    static ApiError unknownModel(String model) {
        return new ApiError(
                404,
                "invalid_request_error",
                "The model `" + model + "` does not exist",
                Optional.of("model"),
                Optional.of("model_not_found"));
    }

    ObjectNode json() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", param.orElse(null))
                .put("code", code.orElse(null));
        return root;
    }
}
