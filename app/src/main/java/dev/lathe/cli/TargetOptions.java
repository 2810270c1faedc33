package dev.lathe.cli;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.target.Device;
import dev.lathe.profile.device.DeviceStatus;
import dev.lathe.profile.device.Devices;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.placed.SeveralEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where and how to run: device, engine, threads, optimization level.
final class TargetOptions {
    @Option(
            names = "--device",
            defaultValue = "cpu",
            paramLabel = "ID",
            description = "Device, see 'lathe devices' (${DEFAULT-VALUE}).")
    private String device = "cpu";

    @Option(
            names = "--engine",
            defaultValue = EngineCatalog.DEFAULT,
            paramLabel = "ID",
            description =
                    "onnxruntime, djl-onnxruntime, djl-pytorch for TorchScript files, or several for placed models, as 'lathe split' writes them (${DEFAULT-VALUE}).")
    private String engine = EngineCatalog.DEFAULT;

    /// More threads than that do nothing but take each other's time, and the machine's.
    private static final int THREADS_PER_CORE = 4;

    /// Each is a thread with inputs of its own.
    private static final int MOST_STREAMS = 256;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads inside an operator, 1 to 4 times the machine's cores (the device's cores).")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--level",
            defaultValue = "ALL",
            description =
                    "The engine's graph optimization: none, basic, extended, all (all, as the runtime does by itself).")
    private SessionConfig.Level level = SessionConfig.USUAL;

    @Option(
            names = "--no-spinning",
            description =
                    "Threads sleep between operators, as in the window; otherwise they spin for a while, which is "
                            + "the runtime's own default: faster when nothing else wants the cores.")
    private boolean sleeping;

    /// What this asks of the engine beside level and threads.
    Map<String, String> engineOptions() {
        return Map.of(SessionConfig.SPINNING, sleeping ? "0" : "1");
    }

    String engine() {
        return engine;
    }

    SessionConfig.Level level() {
        return level;
    }

    RunTarget target() throws LatheException {
        if (threads.isPresent()) {
            check(threads.get(), Runtime.getRuntime().availableProcessors());
        }
        Device found = device(device, "--device");
        List<String> engines =
                EngineCatalog.all().stream().map(EngineCatalog.Entry::id).toList();
        if (!engines.contains(engine)) {
            throw wrong(
                    "--engine", "there is no engine '" + engine + "'; there is " + String.join(", ", engines) + ".");
        }
        if (engine.equals(SeveralEngine.ID) && (!device.equals("cpu") || threads.isPresent())) {
            throw wrong(
                    threads.isPresent() ? "--threads" : "--device",
                    "a placed model says itself which stage runs on which device, with a thread for each of its cores.");
        }
        RunTarget usual = RunTarget.usual(engine, found);
        return new RunTarget(engine, found, threads.orElse(usual.threads()));
    }

    /// @param cores logical ones of this machine
    static void check(int threads, int cores) throws LatheException {
        if (threads < 1) {
            throw wrong("--threads", "at least one thread is needed; without this option there is one for each core.");
        }
        if (threads > THREADS_PER_CORE * cores) {
            throw wrong(
                    "--threads",
                    "at most " + THREADS_PER_CORE * cores + " threads, " + THREADS_PER_CORE + " for each of the "
                            + cores + " cores of this machine: more only wait for each other.");
        }
    }

    static void checkStreams(int streams) throws LatheException {
        if (streams < 1 || streams > MOST_STREAMS) {
            throw wrong("--streams", "from 1 to " + MOST_STREAMS + " runs can be in flight at once.");
        }
    }

    static Device device(String id, String option) throws LatheException {
        List<DeviceStatus> all = Devices.discover();
        for (DeviceStatus s : all) {
            if (s.device().id().equals(id)) {
                if (s.availability() instanceof Availability.Missing(String reason, String remedy)) {
                    throw new LatheException(Diagnostic.error(
                                    "device-unavailable",
                                    "device " + id + " cannot be used: " + reason,
                                    new Place.AtOption(option))
                            .withRemedy(remedy));
                }
                return s.device();
            }
        }
        throw noSuchDevice(option, id, all);
    }

    static LatheException noSuchDevice(String option, String id, List<DeviceStatus> all) {
        return wrong(
                option,
                "there is no device '" + id + "'; there is "
                        + String.join(
                                ", ", all.stream().map(s -> s.device().id()).toList()) + ".");
    }

    static LatheException wrong(String option, String message) {
        return new LatheException(Diagnostic.error("wrong-option", message, new Place.AtOption(option)));
    }
}
