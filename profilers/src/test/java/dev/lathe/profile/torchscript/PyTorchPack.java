package dev.lathe.profile.torchscript;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.CacheFolder;
import dev.lathe.profile.engine.djl.PyTorchNatives;
import dev.lathe.profile.engine.ort.OrtNatives;
import dev.lathe.profile.pack.KnownPacks;
import dev.lathe.profile.pack.PackInstaller;
import dev.lathe.profile.pack.Packs;
import dev.lathe.profile.worker.WorkerLaunch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// PyTorch for tests, from the very package that users get, which `./test` fetches once. It is unpacked beside it once,
/// not for each test: it has 450 MB. Where the package is not, tests that need it are skipped.
public final class PyTorchPack {
    private PyTorchPack() {}

    /// Launches workers that have it.
    public static WorkerLaunch launch() throws LatheException {
        Path kept = Optional.ofNullable(System.getenv("LATHE_TEST_PYTORCH"))
                .map(Path::of)
                .orElseGet(() -> CacheFolder.ofThisUser().resolve("test-pytorch"));
        Packs packs = new Packs(kept.resolve("packs"), OrtNatives.platform(), OrtNatives.VERSION, KnownPacks.all());
        if (!isReady(packs)) {
            Path archive = kept.resolve("pytorch-native-cpu-" + PyTorchNatives.VERSION + "-linux-x86_64.jar");
            assumeTrue(Files.exists(archive), "no PyTorch: ./test gets it, with Maven, on Linux on x86-64");
            new PackInstaller(packs).add(packs.source(PyTorchNatives.PACK), archive, JobContext.quiet());
        }
        WorkerLaunch plain = WorkerLaunch.ofThisProcess();
        return new WorkerLaunch(plain.java(), plain.classPath(), plain.options(), packs);
    }

    private static boolean isReady(Packs packs) {
        return packs.list().stream()
                .filter(s -> s.id().equals(PyTorchNatives.PACK))
                .anyMatch(s -> s.availability() instanceof Availability.Ready);
    }
}
