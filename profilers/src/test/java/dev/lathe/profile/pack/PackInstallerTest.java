package dev.lathe.profile.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.ExecutionProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pack is made of exactly the package that was published, and is there whole or not at all.
class PackInstallerTest {
    private static final String CONTENT = "the runtime";

    @TempDir
    Path folder = Path.of("");

    private Path packages = Path.of("");

    @BeforeEach
    void folders() {
        packages = folder.resolve("packs");
    }

    private Path good() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("package/package.json", Archives.packageJson("1.29.0"));
        entries.put("package/bin/other/libonnxruntime.so.1", "for another system");
        entries.put(Archives.LIBRARY, CONTENT);
        return Archives.tgz(folder.resolve("good.tgz"), entries);
    }

    private Diagnostic refused(PackSource source, Path archive) {
        LatheException e = catchThrowableOfType(
                LatheException.class,
                () -> new PackInstaller(Archives.packs(packages, source)).add(source, archive, JobContext.quiet()));
        return e.diagnostic();
    }

    private List<Path> left() throws IOException {
        if (!Files.exists(packages)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(packages)) {
            return files.filter(p -> !p.equals(packages)).toList();
        }
    }

    @Test
    void thePackageThatWasPublishedBecomesAPack() throws Exception {
        Path archive = good();
        PackSource source = Archives.source(archive);
        Packs packs = Archives.packs(packages, source);
        assertThat(packs.availability(ExecutionProvider.WEBGPU)).isInstanceOf(Availability.Missing.class);
        Pack pack = new PackInstaller(packs).add(source, archive, JobContext.quiet());
        assertThat(pack.folder().resolve("libonnxruntime.so")).hasContent(CONTENT);
        assertThat(PackManifest.read(pack.folder())).isEqualTo(pack.manifest());
        assertThat(pack.manifest().runtimeVersion()).isEqualTo("1.29.0");
        assertThat(pack.manifest().origin()).isEqualTo("onnxruntime-node@1.29.0");
        assertThat(pack.manifest().files().keySet()).containsExactly("libonnxruntime.so");
        assertThat(packs.ready(ExecutionProvider.WEBGPU)).isEqualTo(pack);
        assertThat(packs.list().stream().map(PackStatus::id)).containsExactly("cpu", "webgpu");
        assertThat(left()).hasSize(3);
    }

    @Test
    void aJarBecomesAPackToo() throws Exception {
        Path archive = Archives.jar(folder.resolve("good.jar"), Map.of(Archives.LIBRARY, CONTENT));
        PackSource source = Archives.source(archive);
        Pack pack = new PackInstaller(Archives.packs(packages, source)).add(source, archive, JobContext.quiet());
        assertThat(pack.folder().resolve("libonnxruntime.so")).hasContent(CONTENT);
    }

    @Test
    void addingAgainReplaces() throws Exception {
        Path archive = good();
        PackSource source = Archives.source(archive);
        PackInstaller installer = new PackInstaller(Archives.packs(packages, source));
        Pack first = installer.add(source, archive, JobContext.quiet());
        Files.writeString(first.folder().resolve("libonnxruntime.so"), "spoilt");
        installer.add(source, archive, JobContext.quiet());
        assertThat(first.folder().resolve("libonnxruntime.so")).hasContent(CONTENT);
        assertThat(left()).hasSize(3);
    }

    @Test
    void theLibraryThatJoinsToJavaComesFromLathe() throws Exception {
        Path archive = good();
        PackSource plain = Archives.source(archive);
        PackContents contents = plain.on(Archives.PLATFORM).orElseThrow();
        PackSource joined = new PackSource(
                plain.id(),
                plain.title(),
                plain.client(),
                plain.name(),
                plain.version(),
                plain.bytes(),
                plain.sha256(),
                Map.of(Archives.PLATFORM, new PackContents(contents.providers(), contents.files(), true)));
        Pack pack = new PackInstaller(Archives.packs(packages, joined)).add(joined, archive, JobContext.quiet());
        assertThat(pack.manifest().files()).hasSize(2);
    }

    @Test
    void anotherVersionIsNamed() throws Exception {
        Path old = Archives.tgz(
                folder.resolve("old.tgz"),
                Map.of("package/package.json", Archives.packageJson("1.28.0"), Archives.LIBRARY, CONTENT));
        Diagnostic d = refused(Archives.source("00".repeat(32)), old);
        assertThat(d.code()).isEqualTo("pack-wrong-version");
        assertThat(d.line()).contains("1.28.0", "1.29.0", "npm pack onnxruntime-node@1.29.0");
        assertThat(left()).isEmpty();
    }

    @Test
    void anotherPackageIsNamed() throws Exception {
        Path jar = Archives.jar(
                folder.resolve("cpu.jar"),
                Map.of(
                        "META-INF/maven/com.example/onnxruntime/pom.xml",
                        "<project><version>1.29.0</version></project>"));
        Diagnostic d = refused(Archives.source("00".repeat(32)), jar);
        assertThat(d.code()).isEqualTo("pack-wrong-package");
        assertThat(d.message()).contains("it is onnxruntime 1.29.0");
    }

    @Test
    void aChangedPackageIsRefusedByItsSum() throws Exception {
        Path archive = good();
        PackSource source = Archives.source("00".repeat(32));
        Diagnostic d = refused(source, archive);
        assertThat(d.code()).isEqualTo("pack-wrong-sum");
        assertThat(d.message()).contains("SHA-256", "000000000000");
        assertThat(left()).isEmpty();
    }

    @Test
    void aTruncatedPackageIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(good());
        Path half = Files.write(folder.resolve("half.tgz"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(refused(Archives.source(good()), half).code()).isEqualTo("pack-wrong-sum");
        // Even if that were its sum.
        assertThat(refused(Archives.source(half), half).code()).isEqualTo("pack-damaged");
        assertThat(left()).isEmpty();
    }

    @Test
    void whatIsNoArchiveIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("page.tgz"), "<html>Not found</html>");
        assertThat(refused(Archives.source(text), text).code()).isEqualTo("not-an-archive");
        assertThat(refused(Archives.source(text), folder.resolve("nothing.tgz")).code())
                .isEqualTo("cannot-read");
        assertThat(left()).isEmpty();
    }

    @Test
    void aPackageThatNamesFilesOutsideItselfIsRefused() throws Exception {
        for (String evil : List.of("../evil.so", "package/../../evil.so", "/tmp/evil.so", "package\\..\\..\\evil.so")) {
            Map<String, String> entries = new LinkedHashMap<>();
            entries.put(Archives.LIBRARY, CONTENT);
            entries.put(evil, "evil");
            for (Path archive : List.of(
                    Archives.tgz(folder.resolve("evil.tgz"), entries),
                    Archives.jar(folder.resolve("evil.jar"), entries))) {
                Diagnostic d = refused(Archives.source(archive), archive);
                assertThat(d.code()).as(evil).isEqualTo("unsafe-archive");
                assertThat(left()).isEmpty();
            }
        }
        assertThat(folder.resolve("evil.so")).doesNotExist();
    }

    @Test
    void aPackageWithoutTheLibraryIsRefused() throws Exception {
        Path empty = Archives.tgz(folder.resolve("empty.tgz"), Map.of("package/README", "nothing"));
        Diagnostic d = refused(Archives.source(empty), empty);
        assertThat(d.code()).isEqualTo("pack-incomplete");
        assertThat(d.message()).contains("libonnxruntime.so");
        assertThat(left()).isEmpty();
    }

    @Test
    void aSystemThatThePackageIsNotForIsTold() throws Exception {
        Path archive = good();
        PackSource source = Archives.source(archive);
        Packs arm = new Packs(packages, "linux-aarch64", "1.29.0", List.of(source));
        LatheException e = catchThrowableOfType(
                LatheException.class, () -> new PackInstaller(arm).add(source, archive, JobContext.quiet()));
        assertThat(e.diagnostic().message()).contains("linux-aarch64");
        assertThat(arm.list().getLast().availability()).isInstanceOf(Availability.Missing.class);
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNotThePackagesFault() throws Exception {
        Path archive = good();
        Files.writeString(packages, "a file where the folder should be");
        assertThat(refused(Archives.source(archive), archive).code()).isEqualTo("cannot-write");
    }

    @Test
    void aCancelLeavesNothing() throws Exception {
        Path archive = good();
        PackSource source = Archives.source(archive);
        List<String> steps = new ArrayList<>();
        AtomicBoolean cancelled = new AtomicBoolean();
        JobContext job = new JobContext() {
            @Override
            public void progress(double fraction, String step) {
                steps.add(step);
                cancelled.set(step.equals("unpacking"));
            }

            @Override
            public boolean cancelled() {
                return cancelled.get();
            }
        };
        Packs packs = Archives.packs(packages, source);
        assertThat(catchThrowableOfType(
                        JobCancelledException.class, () -> new PackInstaller(packs).add(source, archive, job)))
                .isNotNull();
        assertThat(steps).contains("unpacking");
        assertThat(left()).isEmpty();
    }

    @Test
    void whatAKilledProcessWasAddingIsClearedAway() throws Exception {
        Path archive = good();
        PackSource source = Archives.source(archive);
        Packs packs = Archives.packs(packages, source);
        // One that has ended: its number is nobody's.
        Process gone = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("version.txt").toFile())
                .start();
        gone.waitFor();
        Path half = Files.createDirectories(packages.resolve(".adding-" + gone.pid() + "-123"));
        Files.writeString(half.resolve("libonnxruntime.so"), "half");
        Path busy = Files.createDirectories(
                packages.resolve(".adding-" + ProcessHandle.current().pid() + "-456"));
        assertThat(packs.list().getLast().availability()).isInstanceOf(Availability.Missing.class);
        assertThat(half).doesNotExist();
        assertThat(busy).exists();
    }
}
