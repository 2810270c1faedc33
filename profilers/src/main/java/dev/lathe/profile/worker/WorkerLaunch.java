package dev.lathe.profile.worker;

import dev.lathe.core.LatheException;
import dev.lathe.profile.engine.Accelerator;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.djl.PyTorchEngine;
import dev.lathe.profile.engine.djl.PyTorchNatives;
import dev.lathe.profile.engine.ort.OrtNatives;
import dev.lathe.profile.pack.Pack;
import dev.lathe.profile.pack.Packs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a worker process is started: the Java launcher, the class path, JVM options, and where packs of native libraries
/// lie for what runs beside the CPU.
public record WorkerLaunch(Path java, String classPath, List<String> options, Packs packs) {
    /// Where the start-up cache of workers lies, if there is one.
    private static final String CACHE = "lathe.worker.cache";

    /// Where a worker that runs now is to write one.
    private static final String TRAINING = "lathe.worker.training";

    private static final String TRAINS = "-XX:AOTCacheOutput=";

    public WorkerLaunch {
        options = List.copyOf(options);
    }

    /// With this user's packs.
    public WorkerLaunch(Path java, String classPath, List<String> options) {
        this(java, classPath, options, Packs.ofThisUser());
    }

    /// For runs there: with the pack that the engine or the device needs, if one does.
    ///
    /// @throws LatheException when that is not there, or of another version than this Lathe's
    WorkerLaunch on(RunTarget target) throws LatheException {
        if (target.engine().equals(PyTorchEngine.ID)) {
            return with(PyTorchNatives.PROPERTY, packs.ready(PyTorchNatives.PACK));
        }
        Optional<Accelerator> accelerator = Accelerator.of(target.device());
        if (accelerator.isEmpty()) {
            return this;
        }
        return with(OrtNatives.PROPERTY, packs.ready(accelerator.get().provider()));
    }

    private WorkerLaunch with(String property, Pack pack) {
        List<String> more = new ArrayList<>(options);
        more.add("-D" + property + "=" + pack.folder().toAbsolutePath());
        return new WorkerLaunch(java, classPath, more, packs);
    }

    /// The launcher and class path of this process. A worker needs little heap: tensors live outside it.
    public static WorkerLaunch ofThisProcess() {
        Path java = Path.of(System.getProperty("java.home"), "bin", isWindows() ? "java.exe" : "java");
        return new WorkerLaunch(java, System.getProperty("java.class.path"), startUpCache());
    }

    /// The classes that a worker loads lie ready in a file where whoever built this program has made one (JEP 483,
    /// 514): that saves a third of the time until the first latency. A worker that is to make it is told where.
    private static List<String> startUpCache() {
        String training = System.getProperty(TRAINING, "");
        if (!training.isEmpty()) {
            return List.of(TRAINS + training);
        }
        String cache = System.getProperty(CACHE, "");
        return Files.isRegularFile(Path.of(cache)) ? List.of("-XX:AOTCache=" + cache) : List.of();
    }

    /// How long a worker has to end by itself: one that writes what it learnt needs some seconds.
    long endSeconds() {
        return options.stream().anyMatch(o -> o.startsWith(TRAINS)) ? 60 : 1;
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    /// The whole command; the class path travels in the environment. What the JVM itself has to say goes to standard
    /// error, never to the protocol.
    List<String> command(WorkerFolder folder, String engine, List<Integer> cores) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(List.of(
                "-XX:+DisplayVMOutputToStderr",
                "-Xlog:disable",
                "-Xlog:all=warning,aot*=off,cds*=off:stderr",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                // Tensors lie outside the heap: the system says how much there is.
                "-XX:MaxDirectMemorySize=1024g",
                // What reading profiles leaves must not add up to something that looks like the model's memory.
                "-Xmn16m",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-Dai.djl.offline=true",
                // DJL's ONNX Runtime must not reach for PyTorch to compute what it cannot.
                "-Dai.djl.onnx.disable_alternative=true"));
        // Whatever is unpacked or written there goes with the worker's private folder.
        command.add("-Djava.io.tmpdir=" + folder.files());
        command.add("-XX:ErrorFile=" + folder.files().resolve(CrashReport.NAME));
        command.addAll(options);
        command.addAll(List.of(
                WorkerMain.class.getName(),
                folder.socket().toString(),
                folder.files().toString(),
                engine));
        cores.forEach(c -> command.add(c.toString()));
        return command;
    }
}
