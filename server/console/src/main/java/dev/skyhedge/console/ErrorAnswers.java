package dev.skyhedge.console;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Answers for requests that Jetty refuses before any handler sees them, and for failures of handlers. Gives no
/// details away.
final class ErrorAnswers extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        of(response.getStatus()).send(response, callback);
        return true;
    }

    @Override
    public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
        Answer answer = of(status);
        answer.putHeaders(fields);
        return answer.bytes();
    }

    private static Answer of(int status) {
        Answer answer = switch (status) {
            case 414, 431 -> Answer.error(status, "header_too_large", "The request header is too large.");
            case 408 -> Answer.error(status, "timeout", "The request took too long.");
            default ->
                status >= 400 && status < 500
                        ? Answer.error(status, "bad_request", "The request is not valid HTTP.")
                        : Answer.error(500, "internal_error", "The console failed; see its log.");
        };
        return answer.andClose();
    }
}
