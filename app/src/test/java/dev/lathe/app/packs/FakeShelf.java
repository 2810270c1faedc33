package dev.lathe.app.packs;

import dev.lathe.app.project.FakeServices;
import dev.lathe.app.project.Services;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.ExecutionProvider;
import dev.lathe.profile.pack.KnownPacks;
import dev.lathe.profile.pack.Pack;
import dev.lathe.profile.pack.PackManifest;
import dev.lathe.profile.pack.PackRuntime;
import dev.lathe.profile.pack.PackStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One pack that is added when `released`, or `refused`.
public final class FakeShelf implements Services.Machine, Services.PackShelf {
    final CountDownLatch released = new CountDownLatch(1);
    volatile Optional<Diagnostic> refused = Optional.empty();
    private volatile boolean added;

    /// Tame services with this shelf.
    Services services() {
        Services s = new FakeServices().services();
        return new Services(
                s.files(),
                s.analyst(),
                s.profiler(),
                s.compression(),
                this,
                s.reports(),
                s.roofs(),
                s.tensors(),
                s.owned());
    }

    @Override
    public List<Services.MachineDevice> devices() {
        return new FakeServices().services().machine().devices();
    }

    @Override
    public Services.PackShelf packs() {
        return this;
    }

    @Override
    public List<PackStatus> list() {
        List<ExecutionProvider> providers = List.of(ExecutionProvider.WEBGPU);
        PackManifest manifest = new PackManifest(
                "webgpu",
                "WebGPU",
                PackRuntime.ONNX_RUNTIME,
                "1.29.0",
                "linux-x64",
                providers,
                "origin",
                "sum",
                Map.of());
        return List.of(
                new PackStatus(
                        "cpu",
                        "CPU",
                        PackRuntime.ONNX_RUNTIME,
                        List.of(),
                        new Availability.Ready("1.29.0, built in"),
                        Optional.empty(),
                        Optional.empty(),
                        false),
                new PackStatus(
                        "webgpu",
                        "WebGPU",
                        PackRuntime.ONNX_RUNTIME,
                        providers,
                        added
                                ? new Availability.Ready("1.29.0")
                                : new Availability.Missing("pack webgpu is not added.", "Add it."),
                        added ? Optional.of(new Pack(Path.of("nowhere"), manifest)) : Optional.empty(),
                        KnownPacks.find("webgpu"),
                        true));
    }

    @Override
    public void obtain(String id, JobContext context) throws LatheException {
        context.progress(0.25, "unpacking");
        try {
            if (!released.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody released it");
            }
        } catch (InterruptedException e) {
            throw new JobCancelledException();
        }
        if (refused.isPresent()) {
            throw new LatheException(refused.get());
        }
        added = true;
    }

    @Override
    public void add(String id, Path file, JobContext context) throws LatheException {
        throw new LatheException(
                Diagnostic.error("not-an-archive", "it is no package: neither a .tgz nor a .jar.", Place.file(file)));
    }

    @Override
    public void remove(String id) {
        added = false;
    }
}
