/// An open-loop load generator for HTTP, as a library; below it an engine without a model to send load to.
///
/// JDK types alone, and Jackson in the engine. Nothing else of ours: what is measured with this must not depend on
/// what is measured. Nothing in here prints.
@NullMarked
package dev.skyhedge.load;

import org.jspecify.annotations.NullMarked;
