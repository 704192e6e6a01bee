/// The kind `sweep`: trials on machines until a deadline. Its schedulers, in `engine.sweep`, know nothing of machines;
/// here they are told what happened, from what is recorded, and what they say is done.
@NullMarked
package dev.skyhedge.engine.sweeping;

import org.jspecify.annotations.NullMarked;
