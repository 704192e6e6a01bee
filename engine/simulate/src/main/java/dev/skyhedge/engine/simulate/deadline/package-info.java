/// One job with a deadline on recorded or made spot markets: what a policy pays for it, beside
/// the least that could have been paid by who knows the market in advance.
@NullMarked
package dev.skyhedge.engine.simulate.deadline;

import org.jspecify.annotations.NullMarked;
