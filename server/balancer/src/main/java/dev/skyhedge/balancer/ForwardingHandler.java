package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.Rejection;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// The door: refuses what must never reach a replica, and starts an [Exchange] for everything else.
final class ForwardingHandler extends Handler.Abstract.NonBlocking {
    private final Router router;

    ForwardingHandler(Router router) {
        this.router = router;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        long length = bodyLength(request);
        Optional<Refusal> refusal = check(request, length);
        if (refusal.isPresent()) {
            refuse(refusal.get(), response, callback);
        } else {
            new Exchange(router, request, response, callback, length).begin();
        }
        return true;
    }

    private Optional<Refusal> check(Request request, long length) {
        HttpFields headers = request.getHeaders();
        if (Methods.isRefused(request.getMethod())) {
            return Optional.of(Refusal.METHOD);
        }
        boolean chunkedTooEarly = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0
                && headers.contains(HttpHeader.TRANSFER_ENCODING);
        if (chunkedTooEarly || length < -1 || request.getHttpURI().getPathQuery() == null) {
            return Optional.of(Refusal.BAD_REQUEST);
        }
        if (length > router.settings().limits().bodyBytes()) {
            return Optional.of(Refusal.TOO_LARGE);
        }
        return Optional.empty();
    }

    private void refuse(Refusal refusal, Response response, Callback callback) {
        Rejection reason = switch (refusal.status()) {
            case 405 -> Rejection.METHOD;
            case 413 -> Rejection.TOO_LARGE;
            default -> Rejection.COMPLIANCE;
        };
        router.meter().arrivals.increment();
        router.meter().rejected(reason);
        router.meter().answered(refusal.status());
        // What follows on this connection is either the refused body or not to be trusted.
        refusal.writeAndClose(response, callback);
    }

    private static long bodyLength(Request request) {
        HttpFields headers = request.getHeaders();
        if (headers.contains(HttpHeader.TRANSFER_ENCODING)) {
            return -1;
        }
        return headers.contains(HttpHeader.CONTENT_LENGTH) ? headers.getLongField(HttpHeader.CONTENT_LENGTH) : 0;
    }
}
