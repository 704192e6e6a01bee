/// The Azure virtual machines provider: translates the contract of a provider to the cloud's own client,
/// and the cloud's answers back. No policy lives here.
@NullMarked
package dev.skyhedge.providers.azure;

import org.jspecify.annotations.NullMarked;
