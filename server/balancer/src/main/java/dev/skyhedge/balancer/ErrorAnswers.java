package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.Rejection;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Answers for requests that Jetty refuses before any handler sees them. Says nothing of what was wrong in
/// detail.
final class ErrorAnswers extends ErrorHandler {
    private static final Refusal HEADER_TOO_LARGE =
            new Refusal(431, "header_too_large", "The request header is too large.");

    private final Meter meter;

    ErrorAnswers(Meter meter) {
        this.meter = meter;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Refusal refusal = of(response.getStatus());
        if (!(request.getAttribute(ERROR_EXCEPTION) instanceof EofException)) {
            count(refusal);
        }
        refusal.writeAndClose(response, callback);
        return true;
    }

    @Override
    public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
        Refusal refusal = of(status);
        count(refusal);
        fields.put(HttpHeader.CONTENT_TYPE, "application/json");
        return ByteBuffer.wrap(refusal.body());
    }

    private void count(Refusal refusal) {
        if (refusal.status() < 500) {
            meter.rejected(Rejection.COMPLIANCE);
        }
        meter.answered(refusal.status());
    }

    private static Refusal of(int status) {
        return switch (status) {
            case 431, 414 -> HEADER_TOO_LARGE;
            case 500 -> new Refusal(500, "internal_error", "The balancer failed.");
            default ->
                status >= 400
                        ? new Refusal(status, "bad_request", "The request is not valid HTTP.")
                        : Refusal.BAD_REQUEST;
        };
    }
}
