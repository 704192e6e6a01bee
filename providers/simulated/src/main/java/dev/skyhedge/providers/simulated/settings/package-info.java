/// Reads the settings of a cloud that is made up: its zones, prices, market and manners. What is wrong comes
/// back as problems with remedies, all of them at once.
@NullMarked
package dev.skyhedge.providers.simulated.settings;

import org.jspecify.annotations.NullMarked;
