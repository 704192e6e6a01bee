/// What a process finds where it runs: the environment, the clock, the provider plugins, each in its own class loader,
/// and the key and addresses of notices. Nothing here knows a spec's services or a state.
@NullMarked
package dev.skyhedge.watch.installation;

import org.jspecify.annotations.NullMarked;
