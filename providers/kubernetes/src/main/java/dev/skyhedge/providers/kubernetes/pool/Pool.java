package dev.skyhedge.providers.kubernetes.pool;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Nodes that a pod can be steered to, and what it gets there. A pool is declared in the settings or follows from
/// nodes that are there.
///
/// @param name what offers call the instance type
/// @param accelerator what a pod gets
/// @param location where the nodes are
/// @param market whether they may be taken back
/// @param price of such a pod; empty if the settings do not say
/// @param selector labels that the nodes have
/// @param requirements what else their labels must be like
/// @param tolerations taints of the nodes that a pod has to tolerate
/// @param needs what a pod asks for
public record Pool(
        String name,
        Accelerator accelerator,
        Location location,
        Market market,
        Optional<HourlyPrice> price,
        SortedMap<String, String> selector,
        List<Requirement> requirements,
        List<Taint> tolerations,
        Needs needs) {
    /// What offers call a node without a GPU.
    public static final String CPU = "CPU";

    public Pool {
        selector = Collections.unmodifiableSortedMap(new TreeMap<>(selector));
        requirements = List.copyOf(requirements);
        tolerations = List.copyOf(tolerations);
    }

    /// What a pod asks for beside its accelerator.
    ///
    /// @param gpuResource the cluster's name of the accelerator, such as `nvidia.com/gpu`
    /// @param cpu a quantity of processors as Kubernetes writes it, such as `3500m`
    /// @param memory a quantity of bytes as Kubernetes writes it, such as `12Gi`
    public record Needs(String gpuResource, Optional<String> cpu, Optional<String> memory) {
        /// What nodes with GPUs of NVIDIA call them.
        public static final String NVIDIA = "nvidia.com/gpu";

        /// Nothing but the accelerator.
        static final Needs NONE = new Needs(NVIDIA, Optional.empty(), Optional.empty());
    }

    /// Whether a pod gets a GPU there.
    public boolean hasGpu() {
        return !accelerator.type().equals(CPU);
    }

    /// What the pool sells. Without a price in the settings a pod costs nothing: the cluster is paid for anyway.
    public Offer offer() {
        return new Offer(name, accelerator, location, market, price.orElse(HourlyPrice.ZERO));
    }

    /// Whether this is what the offer is about.
    public boolean sells(Offer offer) {
        return offer().rentsSameAs(offer);
    }
}
