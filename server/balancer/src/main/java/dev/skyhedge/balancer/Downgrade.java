package dev.skyhedge.balancer;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// What a client can write by HTTP/2, where every part has its own length, and what would be
/// something else on a line of HTTP/1.1. Line ends and colons in headers Jetty refuses by itself.
final class Downgrade {
    /// Of connections, which have no part in HTTP/2 (RFC 9113, section 8.2.2).
    private static final List<HttpHeader> FOREIGN = List.of(
            HttpHeader.CONNECTION,
            HttpHeader.KEEP_ALIVE,
            HttpHeader.PROXY_CONNECTION,
            HttpHeader.TRANSFER_ENCODING,
            HttpHeader.UPGRADE);

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private Downgrade() {}

    /// Whether it must not be passed on. Never of requests that came as HTTP/1.1.
    static boolean isUnfit(Request request) {
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            return false;
        }
        HttpFields headers = request.getHeaders();
        return !isToken(request.getMethod())
                || !isOneWord(request.getHttpURI().getPathQuery())
                || !isOneWord(request.getHttpURI().getAuthority())
                || FOREIGN.stream().anyMatch(headers::contains);
    }

    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c < 0x7f && Character.isLetterOrDigit(c) || TOKEN_MARKS.indexOf(c) >= 0);
    }

    private static boolean isOneWord(@Nullable String text) {
        return text != null && !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c != 0x7f);
    }
}
