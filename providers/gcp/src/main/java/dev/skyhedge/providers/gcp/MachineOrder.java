package dev.skyhedge.providers.gcp;

import java.util.Optional;

/// A machine type, with the cards that are put into it where they are not built in. As the instance type of an
/// offer it is written `g2-standard-4`, or `n1-standard-8+nvidia-tesla-t4:2`, which is sold as two things.
///
/// @param machineType the cloud's name of the machine type
/// @param cards accelerators to attach; empty for none, or built-in ones
record MachineOrder(String machineType, Optional<Cards> cards) {
    /// Cards to attach.
    ///
    /// @param type the cloud's name of the accelerator type
    /// @param count at least 1
    record Cards(String type, int count) {}

    /// Reads an offer's instance type; what cannot be read is taken as the name of a machine type.
    static MachineOrder parse(String instanceType) {
        int plus = instanceType.indexOf('+');
        int colon = instanceType.lastIndexOf(':');
        if (plus <= 0 || colon < plus || !instanceType.substring(colon + 1).matches("[1-9][0-9]?")) {
            return new MachineOrder(instanceType, Optional.empty());
        }
        return new MachineOrder(
                instanceType.substring(0, plus),
                Optional.of(new Cards(
                        instanceType.substring(plus + 1, colon), Integer.parseInt(instanceType.substring(colon + 1)))));
    }

    @Override
    public String toString() {
        return machineType + cards.map(c -> "+" + c.type + ":" + c.count).orElse("");
    }
}
