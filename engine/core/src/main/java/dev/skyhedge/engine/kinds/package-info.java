/// The list of the kinds of workload, and nothing else: the only place of the engine that names all of them.
@NullMarked
package dev.skyhedge.engine.kinds;

import org.jspecify.annotations.NullMarked;
