package dev.skyhedge.providers.aws.fake;

import java.util.List;
import java.util.Optional;

/// How EC2 writes an instance.
final class MachineXml {
    static final String ACCOUNT = "123456789012";

    private MachineXml() {}

    static void reservation(Xml xml, List<Machine> machines) {
        xml.text("reservationId", machines.getFirst().reservation)
                .text("ownerId", ACCOUNT)
                .list("groupSet", List.<String>of(), (item, group) -> {})
                .list("instancesSet", machines, MachineXml::instance);
    }

    static void state(Xml xml, String name, Machine.State state) {
        xml.element(name, s -> s.text("code", state.code).text("name", state.word));
    }

    private static void instance(Xml xml, Machine machine) {
        RunOrder order = machine.order;
        boolean up = machine.state == Machine.State.RUNNING;
        Optional<String> address = up ? Optional.of(machine.address) : Optional.empty();
        String host = "ip-" + machine.address.replace('.', '-') + ".ec2.internal";
        xml.text("instanceId", machine.id).text("imageId", order.image());
        state(xml, "instanceState", machine.state);
        xml.text("privateDnsName", machine.isLive() ? host : "")
                .text("dnsName", "")
                .text("reason", machine.transition)
                .text("amiLaunchIndex", 0)
                .list("productCodes", List.<String>of(), (item, code) -> {})
                .text("instanceType", order.type().name())
                .text("launchTime", machine.launchedAt)
                .element(
                        "placement",
                        p -> p.text("availabilityZone", order.zone())
                                .text("groupName", "")
                                .text("tenancy", "default"))
                .element("monitoring", m -> m.text("state", "disabled"));
        if (machine.isLive()) {
            xml.text("subnetId", order.subnet())
                    .text("vpcId", "vpc-0default")
                    .text("privateIpAddress", machine.address)
                    .text("ipAddress", address);
        }
        if (!machine.reasonCode.isEmpty()) {
            xml.element(
                    "stateReason",
                    reason -> reason.text("code", machine.reasonCode).text("message", machine.reasonMessage));
        }
        xml.text("architecture", "x86_64")
                .text("rootDeviceType", "ebs")
                .text("rootDeviceName", "/dev/sda1")
                .list("blockDeviceMapping", List.<String>of(), (item, disk) -> {})
                .text("virtualizationType", "hvm")
                .text("clientToken", order.clientToken());
        if (!machine.tags.isEmpty()) {
            xml.tags(machine.tags);
        }
        xml.text("hypervisor", "xen")
                .element(
                        "cpuOptions",
                        c -> c.text("coreCount", Math.max(1, order.type().vcpus() / 2))
                                .text("threadsPerCore", Math.min(2, order.type().vcpus())));
        machine.spotRequest.ifPresent(
                request -> xml.text("instanceLifecycle", "spot").text("spotInstanceRequestId", request));
        xml.list("groupSet", order.securityGroups(), (item, group) -> item.text("groupId", group))
                .element(
                        "metadataOptions",
                        m -> m.text("state", "applied")
                                .text("httpTokens", order.requiresTokens() ? "required" : "optional")
                                .text("httpPutResponseHopLimit", 1)
                                .text("httpEndpoint", "enabled"));
        order.profile()
                .ifPresent(profile -> xml.element(
                        "iamInstanceProfile",
                        p -> p.text(
                                        "arn",
                                        profile.startsWith("arn:")
                                                ? profile
                                                : "arn:aws:iam::" + ACCOUNT + ":instance-profile/" + profile)
                                .text("id", "AIPAFAKE")));
    }
}
