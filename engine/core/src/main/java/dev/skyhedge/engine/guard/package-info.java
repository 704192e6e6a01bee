/// What must not be done although a spec and a state seem to ask for it: an empty world is suspicious, a state goes on
/// with the accounts that it began with, and a service goes only where everybody who reads the spec agrees.
///
/// Pure, as planning is: what clouds, files and a second reader say comes in as values, and an objection goes out as a
/// diagnostic. Whoever acts on a state asks here first: commands, a watch, and whatever else comes to control one.
@NullMarked
package dev.skyhedge.engine.guard;

import org.jspecify.annotations.NullMarked;
