package dev.skyhedge.providers.local.daemon;

import dev.skyhedge.providers.local.DaemonFiles;
import dev.skyhedge.providers.simulated.Machines;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Workload;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Machines that are processes of this computer. Their work is done on virtual threads, never in the cloud's.
final class ProcessMachines implements Machines {
    private static final String HOST = "127.0.0.1";

    /// One machine, from the order to start it until it is gone.
    private static final class Machine {
        final int port;

        @Nullable
        ProcessGroup group;

        boolean stopping;

        Machine(int port) {
            this.port = port;
        }
    }

    private final Reports reports;
    private final Ports ports;
    private final InstanceLogs logs;
    private final Optional<String> programs;
    private final Duration grace;
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Machine> machines = new ConcurrentHashMap<>();

    /// @param programs directory that is searched for commands before `PATH`
    /// @param grace from SIGTERM to SIGKILL
    ProcessMachines(Reports reports, Ports ports, InstanceLogs logs, Optional<String> programs, Duration grace) {
        this.reports = reports;
        this.ports = ports;
        this.logs = logs;
        this.programs = programs;
        this.grace = grace;
    }

    @Override
    public void start(Instance instance, Workload workload) {
        Optional<Integer> port = ports.take();
        Machine machine = new Machine(port.orElse(0));
        machines.put(instance.id(), machine);
        if (port.isEmpty()) {
            work.execute(() -> gone(instance.id(), machine, "no free port"));
        } else {
            work.execute(() -> run(instance, workload, machine));
        }
    }

    private void run(Instance instance, Workload workload, Machine machine) {
        switch (InstanceCommand.prepare(instance, workload, machine.port, programs)) {
            case InstanceCommand.Prepared.Impossible(String why) -> gone(instance.id(), machine, why);
            case InstanceCommand.Prepared.Ready(ProcessBuilder builder) -> {
                try {
                    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(
                            DaemonFiles.createFile(logs.file(instance.id())).toFile()));
                    run(instance.id(), builder.start(), machine);
                } catch (IOException e) {
                    gone(instance.id(), machine, "could not be started: " + e.getMessage());
                }
            }
        }
    }

    private void run(String id, Process process, Machine machine) {
        ProcessGroup group = ProcessGroup.of(process);
        synchronized (machine) {
            machine.group = group;
        }
        boolean wanted = false;
        try {
            wanted = reports.running(id, new Endpoint(HOST, machine.port), group.written());
        } catch (RuntimeException e) {
            System.err.println("Instance " + id + " is ended because it could not be written down: " + e.getMessage());
        }
        if (wanted) {
            open(process);
        } else {
            group.kill();
        }
        awaitExit(process);
        group.kill();
        gone(id, machine, "exit status " + process.exitValue());
    }

    private static void open(Process gate) {
        try (OutputStream input = gate.getOutputStream()) {
            input.write("go\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            System.err.println("Process " + gate.pid() + " ended before its command ran: " + e.getMessage());
        }
    }

    private static void awaitExit(Process process) {
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void gone(String id, Machine machine, String detail) {
        machines.remove(id);
        if (machine.port != 0) {
            ports.giveBack(machine.port);
        }
        reports.gone(id, detail);
    }

    @Override
    public void stop(String instanceId) {
        Machine machine = machines.get(instanceId);
        if (machine != null) {
            work.execute(() -> end(machine));
        } else {
            work.execute(() -> reports.gone(instanceId, ""));
        }
    }

    /// A machine whose process does not exist yet needs nothing: it will hear that it is not wanted.
    private void end(Machine machine) {
        ProcessGroup group;
        synchronized (machine) {
            group = machine.group;
            if (group == null || machine.stopping) {
                return;
            }
            machine.stopping = true;
        }
        group.terminate();
        if (!endsWithin(group.handle(), grace)) {
            group.kill();
        }
    }

    private static boolean endsWithin(ProcessHandle handle, Duration time) {
        try {
            handle.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return !handle.isAlive();
        }
    }

    @Override
    public boolean adopt(Instance instance, String written) {
        Optional<ProcessGroup> found = ProcessGroup.find(written);
        found.ifPresent(group -> {
            int port = instance.endpoint().map(Endpoint::port).orElse(0);
            Machine machine = new Machine(port);
            machine.group = group;
            machines.put(instance.id(), machine);
            ports.keep(port);
            work.execute(() -> {
                ProcessHandle ended = group.handle().onExit().join();
                group.kill();
                gone(instance.id(), machine, "process " + ended.pid() + " ended");
            });
        });
        return found.isPresent();
    }

    @Override
    public Outcome<LogPage> logs(Instance instance, long offset, int maxBytes) {
        try {
            return Outcome.done(logs.read(instance.id(), offset, maxBytes, !instance.isLive()));
        } catch (IOException e) {
            return Outcome.failed(new Failure.NotFound("The log of " + instance.id() + " cannot be read: " + e));
        }
    }

    /// Keeps the logs of running machines under their cap.
    void trimLogs() {
        for (String id : machines.keySet()) {
            try {
                logs.trim(id);
            } catch (IOException e) {
                System.err.println("The log of " + id + " could not be trimmed: " + e.getMessage());
            }
        }
    }

    /// How many processes there are.
    int count() {
        return machines.size();
    }

    /// Ends at once what is left.
    void killAll() {
        for (Machine machine : machines.values()) {
            synchronized (machine) {
                if (machine.group != null) {
                    machine.group.kill();
                }
            }
        }
    }
}
