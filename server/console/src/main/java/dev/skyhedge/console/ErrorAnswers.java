package dev.skyhedge.console;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Answers for requests that Jetty refuses before any handler sees them, and for failures of handlers. Gives no
/// details away.
final class ErrorAnswers implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Object cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        of(cause instanceof HttpException refusal ? refusal.getCode() : response.getStatus())
                .send(response, callback);
        return true;
    }

    private static Answer of(int status) {
        Answer answer = switch (status) {
            case 414, 431 -> Answer.error(status, "header_too_large", "The request header is too large.");
            case 408 -> Answer.error(status, "timeout", "The request took too long.");
            case 501, 505 -> invalid(status);
            default ->
                status >= 400 && status < 500
                        ? invalid(status)
                        : Answer.error(500, "internal_error", "The console failed; see its log.");
        };
        return answer.andClose();
    }

    private static Answer invalid(int status) {
        return Answer.error(status, "bad_request", "The request is not valid HTTP.");
    }
}
