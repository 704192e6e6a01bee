/// The upper floor of planning, for the kind `service`: how many replicas it wants and why, how an update rolls
/// out, what of its replicas is fit, which of them end, what becomes of it under other names and when it is
/// removed.
///
/// Knows no other kind.
@NullMarked
package dev.skyhedge.engine.service;

import org.jspecify.annotations.NullMarked;
