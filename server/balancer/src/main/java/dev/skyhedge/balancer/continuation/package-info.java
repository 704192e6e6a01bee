/// How a streamed completion goes on from another replica when its own is lost: what the client has got is kept, the
/// next request is made of it, and what comes then is joined to what was sent. See `docs/continuation.md`.
///
/// Pure: bytes in, bytes out. No sockets, no time and nothing of Jetty lives here.
@NullMarked
package dev.skyhedge.balancer.continuation;

import org.jspecify.annotations.NullMarked;
