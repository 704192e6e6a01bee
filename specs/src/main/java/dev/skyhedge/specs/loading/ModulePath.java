package dev.skyhedge.specs.loading;

import dev.skyhedge.specs.syntax.Body;
import java.util.Optional;

/// Where a module stands in the tree of modules.
///
/// @param address before addresses in it: `module.search["eu"].`; empty for the root
/// @param names before names of services in it: `search-eu-`; empty for the root
/// @param caller the `module` block; empty for the root
record ModulePath(String address, String names, Optional<Body.Block> caller) {
    static final ModulePath ROOT = new ModulePath("", "", Optional.empty());

    boolean isRoot() {
        return caller.isEmpty();
    }

    /// The path of an instance of a module that is called here.
    ModulePath inner(Instances.Instance instance, Body.Block block) {
        return new ModulePath(address + instance.address() + ".", names + instance.name() + "-", Optional.of(block));
    }
}
