/// What the clients of all clouds must do beyond the provider contract, on a fake of each: stories,
/// disturbed wires, ends that nobody tells. A plugin's tests extend these and give them a [CloudHarness].
@NullMarked
package dev.skyhedge.providers.cloud.contract;

import org.jspecify.annotations.NullMarked;
