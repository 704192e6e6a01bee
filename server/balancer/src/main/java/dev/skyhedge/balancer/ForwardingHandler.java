package dev.skyhedge.balancer;

import dev.skyhedge.balancer.Statistics.Rejection;
import dev.skyhedge.balancer.keys.KeyAccount;
import dev.skyhedge.balancer.keys.KeyLimit;
import dev.skyhedge.balancer.keys.KeyUse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// The door: refuses what must never reach a replica, and starts an [Exchange] for everything else.
final class ForwardingHandler extends Handler.Abstract.NonBlocking {
    private static final List<String> OTHER_HTTP = List.of("h2c", "h2", "http/", "tls/");

    private final Router router;
    private final String watchdogPath;

    /// @param watchdogPath answered here and by nobody else
    ForwardingHandler(Router router, String watchdogPath) {
        this.router = router;
        this.watchdogPath = watchdogPath;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (watchdogPath.equals(request.getHttpURI().getPathQuery())) {
            response.setStatus(HttpStatus.NO_CONTENT_204);
            callback.succeeded();
            return true;
        }
        answer(FirstRead.of(request), response, callback);
        return true;
    }

    private void answer(Request request, Response response, Callback callback) {
        long length = bodyLength(request);
        Optional<Refusal> refusal = check(request, length);
        if (refusal.isPresent()) {
            refuse(refusal.get(), request, response, callback);
        } else if (!router.keys().areAsked()) {
            new Exchange(router, request, response, callback, length, KeyUse.none()).begin();
        } else {
            admit(request, response, callback, length);
        }
    }

    private void admit(Request request, Response response, Callback callback, long length) {
        Optional<KeyAccount> account = router.keys().account(request.getHeaders());
        if (account.isEmpty()) {
            refuseKey(Refusal.NO_KEY, Rejection.UNAUTHORIZED, Optional.empty(), request, response, callback);
            return;
        }
        switch (account.get().begin(System.nanoTime())) {
            case KeyAccount.Answer.Begun _ ->
                new Exchange(router, request, response, callback, length, KeyUse.of(account.get())).begin();
            case KeyAccount.Answer.Refused(KeyLimit limit, Duration retryAfter) ->
                refuseKey(of(limit), Rejection.KEY_LIMIT, Optional.of(retryAfter), request, response, callback);
        }
    }

    private static Refusal of(KeyLimit limit) {
        return switch (limit) {
            case REQUESTS -> Refusal.KEY_REQUESTS;
            case TOKENS -> Refusal.KEY_TOKENS;
            case IN_FLIGHT -> Refusal.KEY_IN_FLIGHT;
        };
    }

    private void refuseKey(
            Refusal refusal,
            Rejection reason,
            Optional<Duration> retryAfter,
            Request request,
            Response response,
            Callback callback) {
        router.meter().arrivals.increment();
        router.meter().rejected(reason);
        router.meter().answered(refusal.status());
        refusal.write(response, retryAfter, Discarding.before(request, callback));
    }

    private Optional<Refusal> check(Request request, long length) {
        HttpFields headers = request.getHeaders();
        if (Methods.isRefused(request.getMethod())) {
            return Optional.of(Refusal.METHOD);
        }
        boolean chunkedTooEarly = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0
                && headers.contains(HttpHeader.TRANSFER_ENCODING);
        if (chunkedTooEarly
                || Downgrade.isUnfit(request)
                || length < -1
                || request.getHttpURI().getPathQuery() == null) {
            return Optional.of(Refusal.BAD_REQUEST);
        }
        if (length > router.settings().limits().bodyBytes()) {
            return Optional.of(Refusal.TOO_LARGE);
        }
        if (asksForAnotherProtocol(headers)) {
            return Optional.of(Refusal.UPGRADE);
        }
        if (router.meter().inFlight.get() >= router.settings().clients().requests()) {
            return Optional.of(Refusal.OVERLOADED);
        }
        return Optional.empty();
    }

    /// A client that offers another version of HTTP goes on with this one when nobody takes the offer up (RFC 9110,
    /// section 7.8). One that asks for something else waits for it.
    private static boolean asksForAnotherProtocol(HttpFields headers) {
        return headers.contains(HttpHeader.CONNECTION, "upgrade")
                && headers.getCSV(HttpHeader.UPGRADE, false).stream()
                        .map(protocol -> protocol.toLowerCase(Locale.ROOT))
                        .anyMatch(protocol -> OTHER_HTTP.stream().noneMatch(protocol::startsWith));
    }

    private void refuse(Refusal refusal, Request request, Response response, Callback callback) {
        Rejection reason = switch (refusal.status()) {
            case 405 -> Rejection.METHOD;
            case 413 -> Rejection.TOO_LARGE;
            case 501 -> Rejection.UPGRADE;
            case 503 -> Rejection.OVERLOADED;
            default -> Rejection.COMPLIANCE;
        };
        router.meter().arrivals.increment();
        router.meter().rejected(reason);
        router.meter().answered(refusal.status());
        switch (reason) {
            case OVERLOADED ->
                refusal.write(
                        response,
                        Optional.of(router.retryAfter().whenOverloaded()),
                        Discarding.before(request, callback));
            case TOO_LARGE -> refusal.writeAndClose(response, Discarding.before(request, callback));
            // What follows on this connection is not to be trusted.
            case METHOD,
                    UPGRADE,
                    COMPLIANCE,
                    NO_REPLICA,
                    SATURATED,
                    FULL,
                    DEADLINE,
                    SLOW_CLIENT,
                    UNAUTHORIZED,
                    KEY_LIMIT -> refusal.writeAndClose(response, callback);
        }
    }

    private static long bodyLength(Request request) {
        HttpFields headers = request.getHeaders();
        if (headers.contains(HttpHeader.TRANSFER_ENCODING)) {
            return -1;
        }
        if (headers.contains(HttpHeader.CONTENT_LENGTH)) {
            return headers.getLongField(HttpHeader.CONTENT_LENGTH);
        }
        return request instanceof FirstRead ? -1 : 0;
    }
}
