/// Services and replicas as they are recorded, as trees and attributes: what plans, states and statuses are made of.
///
/// Pure, as all of [dev.skyhedge.cli.view].
@NullMarked
package dev.skyhedge.cli.view.resource;

import org.jspecify.annotations.NullMarked;
