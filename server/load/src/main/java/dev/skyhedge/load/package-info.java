/// An open-loop load generator for HTTP, as a library.
///
/// Only JDK types live here. Nothing of the engine does: what is measured with this must not depend on what is
/// measured. Nothing in here prints.
@NullMarked
package dev.skyhedge.load;

import org.jspecify.annotations.NullMarked;
