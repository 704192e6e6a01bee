package dev.skyhedge.balancer;

import dev.skyhedge.balancer.policy.Chooser;
import dev.skyhedge.balancer.policy.XxHash64;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// What names the session of a request: a header, or else a cookie. Pure.
final class SessionKey {
    private SessionKey() {}

    /// A hash of it, or [Chooser#NO_SESSION] if there is none.
    static long of(Request request, BalancerSettings.Sessions names) {
        String name = request.getHeaders().get(names.header());
        if (name == null && names.cookie().isPresent()) {
            name = cookie(request, names.cookie().get());
        }
        if (name == null || name.isEmpty()) {
            return Chooser.NO_SESSION;
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        long hash = XxHash64.of(bytes, 0, bytes.length, 0);
        return hash == Chooser.NO_SESSION ? 1 : hash;
    }

    private static @Nullable String cookie(Request request, String name) {
        for (HttpCookie cookie : Request.getCookies(request)) {
            if (cookie.getName().equals(name)) {
                return cookie.getValue();
            }
        }
        return null;
    }
}
