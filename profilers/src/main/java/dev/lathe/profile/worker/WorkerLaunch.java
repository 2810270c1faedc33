package dev.lathe.profile.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a worker process is started: the Java launcher, the class path and JVM options.
public record WorkerLaunch(Path java, String classPath, List<String> options) {
    public WorkerLaunch {
        options = List.copyOf(options);
    }

    /// The launcher and class path of this process. A worker needs little heap: tensors live outside it.
    public static WorkerLaunch ofThisProcess() {
        Path java = Path.of(System.getProperty("java.home"), "bin", isWindows() ? "java.exe" : "java");
        return new WorkerLaunch(java, System.getProperty("java.class.path"), List.of());
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    /// The whole command; the class path travels in the environment. What the JVM itself has to say goes to standard
    /// error, never to the protocol.
    List<String> command(Path socket, List<Integer> cores) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(List.of(
                "-XX:+DisplayVMOutputToStderr",
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx512m",
                // What reading profiles leaves must not add up to something that looks like the model's memory.
                "-Xmn16m",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-Dai.djl.offline=true"));
        // Whatever is unpacked or written there goes with the worker's private folder.
        Path folder = socket.getParent();
        if (folder != null) {
            command.add("-Djava.io.tmpdir=" + folder);
        }
        command.addAll(options);
        command.addAll(List.of(WorkerMain.class.getName(), socket.toString()));
        cores.forEach(c -> command.add(c.toString()));
        return command;
    }
}
