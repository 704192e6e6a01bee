/// What a spec declares of services, beside how it is recorded: which edits make a new version, which leave a
/// service as it is, what of a spec that cannot be read in full goes on as before.
///
/// Knows nothing of replicas and machines.
@NullMarked
package dev.skyhedge.engine.declared;

import org.jspecify.annotations.NullMarked;
