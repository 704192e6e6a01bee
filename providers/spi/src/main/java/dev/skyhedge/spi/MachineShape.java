package dev.skyhedge.spi;

/// How large a machine type is.
///
/// @param vcpus virtual processors, at least 1
/// @param memoryMib main memory in MiB, at least 1
public record MachineShape(int vcpus, long memoryMib) {
    public MachineShape {
        if (vcpus < 1 || memoryMib < 1) {
            throw new IllegalArgumentException("A machine has processors and memory: " + vcpus + ", " + memoryMib);
        }
    }
}
