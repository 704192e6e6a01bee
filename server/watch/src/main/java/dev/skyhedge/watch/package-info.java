/// What `watch` is: a control plane that takes the lease whenever it may, endpoints that serve on whatever becomes of
/// it, a console, and a look at the spec's files.
///
/// It knows no command line: no options, no terminal, no exit code. What it is told comes in [WatchSettings], what it
/// tells goes out as [dev.skyhedge.watch.news.WatchEvent], and what it does not begin it refuses by
/// [dev.skyhedge.watch.installation.Refusal].
@NullMarked
package dev.skyhedge.watch;

import org.jspecify.annotations.NullMarked;
