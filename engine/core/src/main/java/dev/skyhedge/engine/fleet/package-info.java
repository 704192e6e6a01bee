/// The lower floor of planning: machines, whoever they are for. Who gets room in a quota, what may be launched
/// where and when, under which name and token, how something drains and ends, what it costs.
///
/// Knows no kind of workload: nothing here reads a spec.
@NullMarked
package dev.skyhedge.engine.fleet;

import org.jspecify.annotations.NullMarked;
