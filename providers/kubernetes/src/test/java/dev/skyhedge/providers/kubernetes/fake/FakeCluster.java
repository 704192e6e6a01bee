package dev.skyhedge.providers.kubernetes.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a cluster is and does behind its API. Thread-safe; time passes when somebody looks.
public final class FakeCluster {
    private final FakeRules rules;
    private final InstantSource clock;
    private final Watches watches = new Watches();
    private final SortedMap<String, FakeNode> nodes = new TreeMap<>();
    private final SortedMap<String, FakeNode> templates = new TreeMap<>();
    private final SortedMap<String, Instant> scaling = new TreeMap<>();
    private final SortedMap<String, FakePod> pods = new TreeMap<>();
    private final SortedMap<String, ObjectNode> secrets = new TreeMap<>();
    private final PodLedger ledger = new PodLedger();
    private final FakeQuota quota = new FakeQuota();
    private long version = 100;
    private int made;
    private boolean loopback;
    private boolean restricted;
    private Optional<Map.Entry<String, String>> unpullable = Optional.empty();

    public FakeCluster(FakeRules rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
    }

    Watches watches() {
        return watches;
    }

    FakeRules rules() {
        return rules;
    }

    Instant now() {
        return clock.instant();
    }

    long version() {
        return version;
    }

    // --- levers

    public synchronized void add(FakeNode node) {
        nodes.put(node.name, node);
    }

    /// A kind of node of which there is none until a pod needs one.
    public synchronized void addOnDemand(FakeNode template) {
        templates.put(template.name, template);
    }

    public synchronized void removeNode(String name) {
        nodes.remove(name);
        List<FakePod> there =
                pods.values().stream().filter(pod -> pod.node().equals(name)).toList();
        there.forEach(this::remove);
    }

    public synchronized void taint(String node, String taint) {
        required(node).taint(taint);
    }

    public synchronized void setGpus(String node, int gpus) {
        required(node).gpus = gpus;
    }

    public synchronized void cordon(String node) {
        required(node).cordoned = true;
    }

    private FakeNode required(String name) {
        return Optional.ofNullable(nodes.get(name)).orElseThrow(() -> Refusal.notFound("nodes", name));
    }

    /// Whether the nodes of a zone report.
    public synchronized void silence(String zone, boolean silent) {
        nodes.values().stream().filter(node -> node.zone().equals(zone)).forEach(node -> node.silent = silent);
    }

    /// At most so many of a resource, such as `pods` or `requests.nvidia.com/gpu`.
    public synchronized void limit(String resource, long most) {
        quota.limit(resource, most);
    }

    /// Takes a pod's node back, with a notice.
    public synchronized void preempt(String name) {
        FakePod pod = pod(name);
        pod.condition("DisruptionTarget", "True", "DeletionByTaintManager", "the node is going away", now());
        stop(pod, rules.noticeTime());
    }

    /// Takes a pod's node back and the pod with it, without a notice.
    synchronized void preemptAtOnce(String name) {
        remove(pod(name));
    }

    /// Ends all room on the nodes of a zone; what is there stays.
    synchronized void full(String zone) {
        nodes.values().stream().filter(node -> node.zone().equals(zone)).forEach(node -> node.cordoned = true);
    }

    /// Ends a pod's container by itself.
    public synchronized void exit(String name, int code) {
        FakePod pod = pod(name);
        pod.exited(code, now());
        changed(pod);
    }

    /// Shuts a pod's node down in order: its kubelet ends the pod and says so.
    public synchronized void shutDownUnder(String name) {
        FakePod pod = pod(name);
        pod.condition("DisruptionTarget", "True", "TerminationByKubelet", "node shutting down", now());
        pod.status().put("phase", "Failed").put("reason", "Terminated").put("message", "Pod was terminated");
        changed(pod);
    }

    /// The namespace takes only pods that may do little from now on.
    public synchronized void restricted() {
        restricted = true;
    }

    /// Images cannot be pulled from now on, for a reason such as `ErrImagePull`.
    public synchronized void unpullable(String reason, String message) {
        unpullable = Optional.of(Map.entry(reason, message));
    }

    /// Somebody deletes a pod.
    public synchronized void deleteByHand(String name) {
        delete(name);
    }

    /// Containers get addresses on the loopback network.
    public synchronized void onLoopback() {
        loopback = true;
    }

    public synchronized void say(String name, String text) {
        pod(name).log.append(text);
    }

    // --- looks

    /// Names of pods that are there and not over.
    public synchronized List<String> live() {
        tick();
        return pods.values().stream()
                .filter(pod -> !pod.isOver())
                .map(FakePod::name)
                .toList();
    }

    /// Names of pods with this label that are there and neither over nor on their way out.
    public synchronized List<String> live(String label, String value) {
        tick();
        return pods.values().stream()
                .filter(pod -> !pod.isOver() && pod.goneAt == null)
                .filter(pod -> value.equals(pod.labels().get(label)))
                .map(FakePod::name)
                .toList();
    }

    /// How often a pod was made under each value of this label.
    public synchronized Map<String, Integer> made() {
        return ledger.madeByToken();
    }

    /// Every pod that was ever made, as [PodLedger] writes them.
    synchronized List<String> ledger() {
        tick();
        return ledger.lines(pods, nodes);
    }

    public synchronized List<String> secretNames() {
        tick();
        return List.copyOf(secrets.keySet());
    }

    public synchronized String describe(String name) {
        return pod(name).json.toString();
    }

    /// Address and port of running pods, by name.
    public synchronized SortedMap<String, String> running() {
        tick();
        SortedMap<String, String> running = new TreeMap<>();
        pods.values().stream()
                .filter(pod -> pod.phase().equals("Running"))
                .forEach(pod -> running.put(
                        pod.name(), pod.json.path("status").path("podIP").asText() + ":" + pod.port()));
        return running;
    }

    // --- the API

    synchronized List<ObjectNode> nodeList() {
        tick();
        return nodes.values().stream().map(FakeNode::json).toList();
    }

    synchronized List<ObjectNode> podList() {
        tick();
        return pods.values().stream().map(pod -> pod.json.deepCopy()).toList();
    }

    synchronized ObjectNode find(String name) {
        tick();
        return pod(name).json.deepCopy();
    }

    synchronized FakePod pod(String name) {
        return Optional.ofNullable(pods.get(name)).orElseThrow(() -> Refusal.notFound("pods", name));
    }

    synchronized ObjectNode create(ObjectNode pod) {
        tick();
        PodRules.check(pod);
        if (restricted) {
            PodRules.checkRestricted(pod);
        }
        String name = pod.path("metadata").path("name").asText();
        if (pods.containsKey(name)) {
            throw Refusal.exists("pods", name);
        }
        FakePod created = new FakePod(pod);
        quota.check(created, pods.values());
        stamp(pod.withObject("/metadata"));
        pod.withObject("/status")
                .put("phase", "Pending")
                .put("qosClass", PodRules.isBestEffort(pod) ? "BestEffort" : "Burstable");
        pods.put(name, created);
        ledger.made(created);
        changed(created, "ADDED");
        return pod.deepCopy();
    }

    synchronized SortedMap<String, Long> quota() {
        return quota.limits();
    }

    synchronized SortedMap<String, Long> quotaUsed() {
        return quota.used(pods.values());
    }

    synchronized ObjectNode delete(String name) {
        tick();
        FakePod pod = pod(name);
        if (pod.node().isEmpty() || pod.isOver()) {
            remove(pod);
        } else if (pod.goneAt == null) {
            stop(pod, rules.stopTime());
        }
        return pod.json.deepCopy();
    }

    synchronized ObjectNode createSecret(ObjectNode secret) {
        tick();
        String name = secret.path("metadata").path("name").asText();
        if (secrets.containsKey(name)) {
            throw Refusal.exists("secrets", name);
        }
        PodRules.checkLabels(secret, name);
        stamp(secret.withObject("/metadata"));
        secrets.put(name, secret);
        return secret.deepCopy();
    }

    synchronized ObjectNode deleteSecret(String name) {
        return Optional.ofNullable(secrets.remove(name)).orElseThrow(() -> Refusal.notFound("secrets", name));
    }

    // --- time

    /// Does what is due.
    public synchronized void tick() {
        Instant now = now();
        for (Map.Entry<String, Instant> due : List.copyOf(scaling.entrySet())) {
            if (!due.getValue().isAfter(now)) {
                FakeNode template = templates.get(due.getKey());
                if (template != null) {
                    add(template.copy(due.getKey() + "-" + ++made));
                }
                scaling.remove(due.getKey());
            }
        }
        for (FakePod pod : List.copyOf(pods.values())) {
            if (pod.goneAt != null) {
                if (!pod.goneAt.isAfter(now)) {
                    remove(pod);
                }
            } else if (!pod.isOver() && pod.node().isEmpty()) {
                schedule(pod, now);
            } else if (pod.phase().equals("Pending") && pod.runsAt != null && !pod.runsAt.isAfter(now)) {
                start(pod, now);
            }
        }
    }

    private void schedule(FakePod pod, Instant now) {
        Instant created = Instant.parse(
                pod.json.path("metadata").path("creationTimestamp").asText());
        if (created.plus(rules.scheduleTime()).isAfter(now)) {
            return;
        }
        Optional<FakeNode> node = Scheduler.node(pod, nodes.values(), pods.values());
        if (node.isPresent()) {
            pod.json.withObject("/spec").put("nodeName", node.get().name);
            pod.condition("PodScheduled", "True", "", "", now);
            pod.runsAt = now.plus(rules.bootTime());
            changed(pod);
            return;
        }
        templates.forEach((name, template) -> {
            if (Scheduler.suits(pod, template)) {
                scaling.putIfAbsent(name, now.plus(rules.scaleTime()));
            }
        });
        String why = "0/" + nodes.size() + " nodes are available: " + nodes.size() + " Insufficient nvidia.com/gpu.";
        if (pod.condition("PodScheduled", "False", "Unschedulable", why, now)) {
            changed(pod);
        }
    }

    private void start(FakePod pod, Instant now) {
        if (!pod.secret().isEmpty() && !secrets.containsKey(pod.secret())) {
            // CreateContainerConfigError: the kubelet tries again.
            return;
        }
        if (unpullable.isPresent()) {
            pod.cannotPull(unpullable.get().getKey(), unpullable.get().getValue(), now);
            changed(pod);
            return;
        }
        made++;
        pod.started(loopback ? "127.1.0." + (1 + made % 250) : "10.1." + made / 250 + "." + made % 250, now);
        changed(pod);
    }

    private void stop(FakePod pod, Duration time) {
        pod.goneAt = now().plus(time);
        pod.metadata().put("deletionTimestamp", FakePod.time(pod.goneAt)).put("deletionGracePeriodSeconds", 30);
        changed(pod);
    }

    private void remove(FakePod pod) {
        pods.remove(pod.name());
        secrets.values()
                .removeIf(secret -> secret.path("metadata")
                        .path("ownerReferences")
                        .path(0)
                        .path("uid")
                        .asText()
                        .equals(pod.uid()));
        changed(pod, "DELETED");
    }

    private void stamp(ObjectNode metadata) {
        metadata.put("uid", "uid-" + ++version)
                .put("namespace", ApiServer.NAMESPACE)
                .put("creationTimestamp", FakePod.time(now()))
                .put("resourceVersion", String.valueOf(version));
    }

    private void changed(FakePod pod) {
        changed(pod, "MODIFIED");
    }

    private void changed(FakePod pod, String how) {
        pod.metadata().put("resourceVersion", String.valueOf(++version));
        watches.tell(how, pod.json.deepCopy(), pod.labels());
    }
}
