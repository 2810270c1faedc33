package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lathe.core.JobContext;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a worker's socket and files are, and what becomes of those that nobody removed.
class WorkerFolderTest {
    private static final Device CPU =
            new Device("cpu", "CPU", DeviceKind.CPU, List.of(0), OptionalLong.empty(), List.of());

    @TempDir
    Path folder;

    private Path deep() throws Exception {
        return Files.createDirectories(folder.resolve("batch".repeat(20)).resolve("job"));
    }

    private static List<Path> in(Path folder) throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(p -> p.getFileName().toString().startsWith(WorkerFolder.prefix()))
                    .toList();
        }
    }

    @Test
    void aShortTemporaryFolderHasTheSocketToo() throws Exception {
        assumeTrue(folder.toString().length() <= WorkerFolder.LONGEST, "a long one");
        WorkerFolder made = WorkerFolder.make(folder, List.of(Path.of("/nowhere")));
        assertThat(made.socket()).isEqualTo(made.files().resolve("s"));
        assertThat(made.remedy()).isEmpty();
        made.remove();
        assertThat(in(folder)).isEmpty();
    }

    @Test
    void belowALongTemporaryFolderTheSocketHasAShortFolderThatIsAsPrivate() throws Exception {
        assumeTrue(folder.toString().length() <= WorkerFolder.LONGEST, "a long one");
        WorkerFolder made = WorkerFolder.make(deep(), List.of(folder.resolve("missing"), folder));
        assertThat(made.files().getParent()).isEqualTo(deep());
        Path apart = made.socket().getParent();
        assertThat(apart.getParent()).isEqualTo(folder);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            assertThat(Files.getPosixFilePermissions(apart))
                    .containsExactlyInAnyOrder(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE);
        }
        made.remove();
        assertThat(in(folder)).isEmpty();
        assertThat(in(deep())).isEmpty();
    }

    @Test
    void whereThereIsNoShortFolderTheMessageHasARemedy() throws Exception {
        WorkerFolder made = WorkerFolder.make(deep(), List.of());
        assertThat(made.remedy().orElseThrow()).contains("shorter path", "-Djava.io.tmpdir");
        made.remove();
    }

    @Test
    void aModelRunsAlthoughThePathOfTheTemporaryFolderIsLongAndNothingIsLeft() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/tmp")), "no short folder");
        Path model = folder.resolve("small.onnx");
        Formats.export(GraphText.parse("""
                model "ONNX" ir=8
                opset "" 17
                graph g (x: float32[4, 4]) -> (y: float32[4, 4]) {
                  y = Tanh(x)
                }
                """), model, JobContext.quiet());
        String usual = System.getProperty("java.io.tmpdir");
        System.setProperty("java.io.tmpdir", deep().toString());
        int before = in(Path.of("/tmp")).size();
        try (WorkerRunner runner = new WorkerRunner(WorkerLaunch.ofThisProcess());
                var session = runner.openRemote(
                        model, new RunTarget("onnxruntime", CPU, 1), SessionConfig.of(1), JobContext.quiet())) {
            assertThat(session.folder().getParent()).isEqualTo(deep());
            assertThat(session.inputs()).hasSize(1);
        } finally {
            System.setProperty("java.io.tmpdir", usual);
        }
        assertThat(in(deep())).isEmpty();
        assertThat(in(Path.of("/tmp"))).hasSizeLessThanOrEqualTo(before);
    }

    @Test
    void onlyFoldersOfProcessesThatAreGoneAreCleared() throws Exception {
        Process ended = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .start();
        ended.getInputStream().readAllBytes();
        ended.waitFor();
        long here = ProcessHandle.current().pid();
        Path left = copy("lathe-w" + ended.pid() + "-1");
        Path elsewhere = copy("lathe-w" + ended.pid() + "-2");
        Files.writeString(elsewhere.resolve("pids"), "pid:[1]");
        Path inUse = copy("lathe-w" + here + "-3");
        Path ofAnOlderProcess = copy("lathe-w" + here + "-4");
        Files.setLastModifiedTime(ofAnOlderProcess, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Path noWorkers = copy("lathe-wood-5");
        WorkerLeftovers.clear(folder);
        assertThat(left).doesNotExist();
        assertThat(ofAnOlderProcess).doesNotExist();
        assertThat(elsewhere).isDirectory();
        assertThat(inUse).isDirectory();
        assertThat(noWorkers).isDirectory();
    }

    @Test
    void aScratchFolderIsOfThisProcessAndStaysWhileItLives() throws Exception {
        Path scratch = ScratchFolder.make();
        try {
            assertThat(WorkerFolder.maker(scratch))
                    .contains(ProcessHandle.current().pid());
            assertThat(WorkerFolder.isNumberedAsHere(scratch)).isTrue();
            WorkerLeftovers.clear(scratch.getParent());
            assertThat(scratch).isDirectory();
        } finally {
            WorkerFolder.remove(scratch);
        }
        assertThat(scratch).doesNotExist();
    }

    /// A worker's folder with that name, as large models leave it.
    private Path copy(String name) throws Exception {
        WorkerFolder made = WorkerFolder.make(folder, List.of());
        Files.write(made.files().resolve("out-1"), new byte[100]);
        return Files.move(made.files(), folder.resolve(name));
    }
}
