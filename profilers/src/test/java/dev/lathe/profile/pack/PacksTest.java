package dev.lathe.profile.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.ExecutionProvider;
import dev.lathe.profile.engine.djl.PyTorchNatives;
import dev.lathe.profile.engine.ort.OrtNatives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What lists say of packs, and which of them a worker may be started with.
class PacksTest {
    @TempDir
    Path folder = Path.of("");

    private Packs added() throws Exception {
        Path archive = Archives.tgz(folder.resolve("good.tgz"), Map.of(Archives.LIBRARY, "the runtime"));
        PackSource source = Archives.source(archive);
        Packs packs = Archives.packs(folder.resolve("packs"), source);
        new PackInstaller(packs).add(source, archive, JobContext.quiet());
        return packs;
    }

    private static String refused(Packs packs) {
        return catchThrowableOfType(LatheException.class, () -> packs.ready(ExecutionProvider.WEBGPU))
                .diagnostic()
                .line();
    }

    @Test
    void withoutAPackTheRemedyIsTheCommandThatAddsIt() {
        Packs packs = Archives.packs(folder.resolve("packs"), Archives.source("00".repeat(32)));
        assertThat(refused(packs)).contains("WebGPU cannot be used", "lathe packs add webgpu");
        assertThat(packs.exists(ExecutionProvider.WEBGPU)).isTrue();
        assertThat(packs.exists(ExecutionProvider.COREML)).isFalse();
        assertThat(folder.resolve("packs")).doesNotExist();
    }

    @Test
    void aPackOfAnotherVersionIsNeverStartedWith() throws Exception {
        Packs old = added();
        Packs next = new Packs(old.folder(), old.platform(), "1.30.0", old.known());
        assertThat(refused(next)).contains("pack webgpu holds ONNX Runtime 1.29.0", "this Lathe runs 1.30.0");
        assertThat(next.list().getLast().canBeAdded()).isTrue();
    }

    @Test
    void aPackOfAnotherSystemIsNeverStartedWith() throws Exception {
        Packs here = added();
        Packs there = new Packs(here.folder(), "win-x64", here.runtimeVersion(), here.known());
        assertThat(there.list().getLast().availability()).isInstanceOf(Availability.Missing.class);
        assertThat(refused(there)).contains("win-x64");
    }

    @Test
    void aPackThatLostAFileIsDamaged() throws Exception {
        Packs packs = added();
        Files.delete(packs.folder().resolve("webgpu").resolve("libonnxruntime.so"));
        assertThat(refused(packs)).contains("damaged", "libonnxruntime.so", "lathe packs add webgpu");
    }

    @Test
    void aPackWithoutAListOfContentsIsDamaged() throws Exception {
        Packs packs = added();
        Path manifest = packs.folder().resolve("webgpu").resolve(PackManifest.FILE);
        for (String text : List.of("", "{}", "not json", "{\"format\": 1}")) {
            Files.writeString(manifest, text);
            PackStatus status = packs.list().getLast();
            assertThat(status.availability()).as(text).isInstanceOf(Availability.Missing.class);
        }
        Files.delete(manifest);
        assertThat(refused(packs)).contains("damaged");
    }

    @Test
    void aRemovedPackIsGone() throws Exception {
        Packs packs = added();
        packs.remove("webgpu");
        assertThat(packs.folder()).isEmptyDirectory();
        for (String id : List.of("webgpu", "cpu", "..", "")) {
            LatheException e = catchThrowableOfType(LatheException.class, () -> packs.remove(id));
            assertThat(e.diagnostic().code()).isEqualTo("no-such-pack");
        }
        assertThat(folder).exists();
    }

    @Test
    void whoeverAddsAPackAtTheSameMomentBothFindIt() throws Exception {
        Path archive = Archives.tgz(folder.resolve("good.tgz"), Map.of(Archives.LIBRARY, "the runtime"));
        PackSource source = Archives.source(archive);
        Packs packs = Archives.packs(folder.resolve("packs"), source);
        PackInstaller installer = new PackInstaller(packs);
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 40; i++) {
                CyclicBarrier start = new CyclicBarrier(2);
                Callable<Pack> add = () -> {
                    start.await();
                    return installer.add(source, archive, JobContext.quiet());
                };
                for (Future<Pack> f : both.invokeAll(List.of(add, add))) {
                    assertThat(f.get().folder()).isEqualTo(packs.folder().resolve("webgpu"));
                }
                assertThat(packs.ready(ExecutionProvider.WEBGPU).manifest().id())
                        .isEqualTo("webgpu");
            }
        }
        try (Stream<Path> left = Files.list(packs.folder())) {
            assertThat(left).containsExactly(packs.folder().resolve("webgpu"));
        }
    }

    @Test
    void aPackWhoseReplacementWasKilledInBetweenIsBack() throws Exception {
        Packs packs = added();
        Path aside = Files.createDirectory(packs.folder().resolve(".replaced-" + gone() + "-1"));
        Files.move(packs.folder().resolve("webgpu"), aside.resolve("webgpu"));
        assertThat(packs.list())
                .filteredOn(s -> s.id().equals("webgpu"))
                .allSatisfy(s -> assertThat(s.availability()).isInstanceOf(Availability.Ready.class));
        assertThat(aside).doesNotExist();
        // One that was killed behind that leaves the new one as it is.
        Path old = Files.createDirectories(aside.resolve("webgpu"));
        Files.writeString(old.resolve("pack.json"), "the one before");
        assertThat(packs.ready(ExecutionProvider.WEBGPU).manifest().id()).isEqualTo("webgpu");
        packs.list();
        assertThat(aside).doesNotExist();
        assertThat(packs.ready(ExecutionProvider.WEBGPU).manifest().id()).isEqualTo("webgpu");
    }

    /// The number of a process that ended.
    private static long gone() throws Exception {
        Process p = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        p.waitFor();
        return p.pid();
    }

    @Test
    void aPackThatLatheDoesNotKnowIsListedAndCanBeRemoved() throws Exception {
        Packs packs = added();
        Packs forgetful = new Packs(packs.folder(), packs.platform(), packs.runtimeVersion(), List.of());
        assertThat(forgetful.list().getLast().id()).isEqualTo("webgpu");
        assertThat(forgetful.ready(ExecutionProvider.WEBGPU).manifest().id()).isEqualTo("webgpu");
        forgetful.remove("webgpu");
        assertThat(forgetful.list()).hasSize(1);
    }

    @Test
    void theKnownPacksAreOfTheRuntimesVersionAndHaveSums() throws IOException {
        assertThat(KnownPacks.all()).isNotEmpty();
        for (PackSource source : KnownPacks.all()) {
            boolean pyTorch = source.runtime() == PackRuntime.PYTORCH;
            assertThat(source.version()).isEqualTo(pyTorch ? PyTorchNatives.VERSION : OrtNatives.VERSION);
            assertThat(source.sha256()).matches("[0-9a-f]{64}");
            for (PackContents contents : source.platforms().values()) {
                // Without both a worker cannot load it.
                assertThat(contents.files().values())
                        .anyMatch(f -> f.matches("(lib)?(onnxruntime|torch)\\.(so|dll|dylib)"));
                assertThat(contents.needsJoin()
                                || contents.files().values().stream().anyMatch(f -> f.contains("4j_jni")))
                        .isTrue();
            }
        }
    }
}
