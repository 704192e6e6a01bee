/// A plan, as text and in the JSON that tools for Terraform's plans read.
///
/// Pure, as all of [dev.skyhedge.cli.view].
@NullMarked
package dev.skyhedge.cli.view.plan;

import org.jspecify.annotations.NullMarked;
