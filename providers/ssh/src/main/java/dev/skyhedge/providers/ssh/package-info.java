/// The SSH provider: machines that one owns, reached by the system's `ssh`. No policy lives here.
@NullMarked
package dev.skyhedge.providers.ssh;

import org.jspecify.annotations.NullMarked;
