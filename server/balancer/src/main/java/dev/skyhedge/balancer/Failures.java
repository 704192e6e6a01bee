package dev.skyhedge.balancer;

import java.net.BindException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.http.HttpException;

/// Translates what Jetty and the JDK throw, once, at the border. Pure.
final class Failures {
    private static final int MAX_CAUSES = 8;

    private Failures() {}

    /// True if this machine ran out of something, which says nothing about a replica.
    static boolean isLocal(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return cause instanceof BindException || message.contains("Too many open files");
    }

    /// Kind of a failure to connect.
    static FailureKind ofConnect(Throwable cause) {
        return isTimeout(cause) ? FailureKind.CONNECT_TIMEOUT : FailureKind.CONNECT_REFUSED;
    }

    /// Kind of a failure on an open connection.
    static FailureKind ofExchange(Throwable cause) {
        if (isTimeout(cause)) {
            return FailureKind.TIMEOUT;
        }
        if (has(cause, SSLHandshakeException.class)) {
            return FailureKind.CONNECT_REFUSED; // the replica has seen nothing of the request
        }
        return cause instanceof HttpResponseException || cause instanceof HttpException
                ? FailureKind.BAD_RESPONSE
                : FailureKind.RESET;
    }

    /// True if the client sent content that is not valid HTTP, as opposed to ending early.
    static boolean isBadContent(Throwable cause) {
        return has(cause, HttpException.class);
    }

    private static boolean isTimeout(Throwable failure) {
        return has(failure, TimeoutException.class) || has(failure, SocketTimeoutException.class);
    }

    private static boolean has(Throwable failure, Class<?> kind) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (kind.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
