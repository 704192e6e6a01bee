package dev.skyhedge.balancer;

/// Identity of a target across table versions. The address is part of it: a replica that moved is another one.
record TargetKey(String replica, long generation, String host, int port) {}
