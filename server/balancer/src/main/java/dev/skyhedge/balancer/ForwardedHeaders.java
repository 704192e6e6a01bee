package dev.skyhedge.balancer;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// Which headers pass: everything but those that belong to one connection, and those that a
/// `Connection` header names. Pure.
final class ForwardedHeaders {
    static final String REQUEST_ID = "X-Request-Id";

    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-authentication-info",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings");

    private ForwardedHeaders() {}

    /// Headers of a request for the replica, with who asked.
    ///
    /// @param authority that a client of HTTP/2 named; null for one of HTTP/1.1, whose headers are
    ///     as they are to be
    /// @param peer address of the client
    /// @param scheme that the client used
    /// @param requestId used if the client sent none
    static void copyRequest(
            HttpFields from,
            HttpFields.Mutable to,
            @Nullable String authority,
            String peer,
            String scheme,
            String requestId) {
        copy(from, to, true);
        if (authority != null) {
            joinCookies(to);
            if (!to.contains(HttpHeader.HOST)) {
                to.put(HttpHeader.HOST, authority);
            }
        }
        to.put("X-Forwarded-For", peer);
        to.put("X-Forwarded-Proto", scheme);
        String host = to.get(HttpHeader.HOST);
        if (host == null) {
            to.remove("X-Forwarded-Host");
        } else {
            to.put("X-Forwarded-Host", host);
        }
        if (!to.contains(REQUEST_ID)) {
            to.put(REQUEST_ID, requestId);
        }
    }

    /// HTTP/2 may send a cookie in pieces, which HTTP/1.1 has in one (RFC 9113, section 8.2.3).
    private static void joinCookies(HttpFields.Mutable headers) {
        List<String> pieces = headers.getValuesList(HttpHeader.COOKIE);
        if (pieces.size() > 1) {
            headers.put(HttpHeader.COOKIE, String.join("; ", pieces));
        }
    }

    /// Makes them those of a request that was made of the client's. An answer that is read here
    /// must not be packed.
    static void replaceRequest(HttpFields.Mutable headers, Resumption.Outgoing outgoing) {
        headers.put(HttpHeader.CONTENT_LENGTH, Integer.toString(outgoing.body().length));
        headers.remove(HttpHeader.ACCEPT_ENCODING);
        if (outgoing.number() > 0) {
            headers.put(REQUEST_ID, headers.get(REQUEST_ID) + "-m" + outgoing.number());
        }
    }

    /// Headers of a response for the client.
    static void copyResponse(HttpFields from, HttpFields.Mutable to) {
        copy(from, to, false);
    }

    private static void copy(HttpFields from, HttpFields.Mutable to, boolean request) {
        Set<String> nominated = nominated(from);
        for (HttpField field : from) {
            String name = field.getLowerCaseName();
            boolean dropped = HOP_BY_HOP.contains(name)
                    || nominated.contains(name)
                    || (request && field.getHeader() == HttpHeader.EXPECT);
            if (!dropped) {
                to.add(field);
            }
        }
    }

    private static Set<String> nominated(HttpFields fields) {
        if (!fields.contains(HttpHeader.CONNECTION)) {
            return Set.of();
        }
        var names = new HashSet<String>();
        for (String name : fields.getCSV(HttpHeader.CONNECTION, false)) {
            String lower = name.toLowerCase(Locale.ROOT);
            // Framing and the authority are not the client's to take away from the next hop.
            if (!lower.equals("content-length") && !lower.equals("host")) {
                names.add(lower);
            }
        }
        return names;
    }
}
