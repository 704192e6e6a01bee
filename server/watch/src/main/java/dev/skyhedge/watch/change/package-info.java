/// What becomes of the spec's files when they change: noticed, read, held against what is in force, agreed to, followed
/// or refused. Nothing here controls anything.
@NullMarked
package dev.skyhedge.watch.change;

import org.jspecify.annotations.NullMarked;
