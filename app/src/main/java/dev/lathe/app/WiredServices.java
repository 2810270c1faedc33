package dev.lathe.app;

import dev.lathe.app.project.Project;
import dev.lathe.app.project.Services;
import dev.lathe.app.project.Variant;
import dev.lathe.app.session.MeasuredFiles;
import dev.lathe.cli.Version;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.ModelImporter;
import dev.lathe.graph.io.PyTorchArchive;
import dev.lathe.graph.io.WeightPlacement;
import dev.lathe.graph.target.Placement;
import dev.lathe.optimize.Pass;
import dev.lathe.optimize.PassCatalog;
import dev.lathe.optimize.PassInfo;
import dev.lathe.optimize.Pipeline;
import dev.lathe.optimize.Recipe;
import dev.lathe.optimize.RecipeFile;
import dev.lathe.optimize.Trace;
import dev.lathe.optimize.check.Equivalence;
import dev.lathe.optimize.check.EquivalencePlan;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.optimize.check.TensorDifferences;
import dev.lathe.optimize.check.TensorValues;
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.Profiler;
import dev.lathe.profile.ceiling.CeilingFiles;
import dev.lathe.profile.ceiling.CeilingMeasurement;
import dev.lathe.profile.ceiling.CeilingSetup;
import dev.lathe.profile.ceiling.Ceilings;
import dev.lathe.profile.device.CpuCaches;
import dev.lathe.profile.device.DeviceStatus;
import dev.lathe.profile.device.Devices;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.ModelRunner;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.djl.PyTorchEngine;
import dev.lathe.profile.pack.PackInstaller;
import dev.lathe.profile.pack.PackStatus;
import dev.lathe.profile.pack.Packs;
import dev.lathe.profile.placed.PlacedModel;
import dev.lathe.profile.placed.PlacedStages;
import dev.lathe.profile.placed.SeveralEngine;
import dev.lathe.profile.torchscript.TorchScript;
import dev.lathe.profile.worker.WorkerLaunch;
import dev.lathe.profile.worker.WorkerProfiler;
import dev.lathe.profile.worker.WorkerRunner;
import dev.lathe.report.Report;
import dev.lathe.report.ReportVariant;
import dev.lathe.report.ReportWriters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The real modules plugged into the ports of [Services].
final class WiredServices {
    private static final int SAMPLES = 4;
    private static final long SEED = 42;

    private WiredServices() {}

    /// Which keep what they measure in this user's data folder.
    static Services ofThisUser() {
        return services(WorkerLaunch.ofThisProcess(), MeasuredFiles.ofThisUser());
    }

    /// Which keep nothing: for tests and pictures.
    static Services services() {
        return services(WorkerLaunch.ofThisProcess());
    }

    /// With workers that are started so, and the packs that they take.
    static Services services(WorkerLaunch launch) {
        return services(launch, Services.Keeping.NOTHING);
    }

    static Services services(WorkerLaunch launch, Services.Keeping keeping) {
        ModelRunner runner = new WorkerRunner(launch);
        return new Services(
                new Files(),
                new Analyst(),
                new WorkerProfiler(launch),
                new Passes(runner),
                new ThisMachine(launch.packs()),
                WiredServices::report,
                new KeptRoofs(new WorkerProfiler(launch)),
                new Inside(runner),
                keeping,
                runner);
    }

    /// The report of what is open: every variant that is ready, with what was measured of it.
    private static void report(Project p, Path folder, JobContext context) throws LatheException {
        List<ReportVariant> variants = new ArrayList<>();
        for (Variant v : p.variants()) {
            v.ready()
                    .ifPresent(r -> variants.add(new ReportVariant(
                            v.name(),
                            r.model(),
                            r.analysis(),
                            r.fileBytes(),
                            p.runOf(v),
                            v.differences(),
                            v.recipe(),
                            // What is to be said of the file itself is no pass's word.
                            v.isSource() ? List.of() : r.remarks())));
        }
        String title = p.file().map(f -> String.valueOf(f.path().getFileName())).orElse("model");
        List<Report.Fact> machine = new ArrayList<>();
        p.device()
                .ifPresent(d -> machine.add(new Report.Fact(
                        "machine", d.name() + (d.features().isEmpty() ? "" : " · " + String.join(" ", d.features())))));
        machine.add(new Report.Fact("system", System.getProperty("os.name") + " " + System.getProperty("os.arch")));
        var unused = ReportWriters.write(
                new Report(title, Instant.now(), Version.text(), machine, variants), folder, context);
    }

    private record ThisMachine(Packs shelf) implements Services.Machine, Services.PackShelf {
        @Override
        public List<Services.MachineDevice> devices() {
            return Devices.possibleHere().stream()
                    .map(d -> new Services.MachineDevice(d.device(), d.availability(), d.facts()))
                    .toList();
        }

        @Override
        public Services.PackShelf packs() {
            return this;
        }

        @Override
        public List<PackStatus> list() {
            return shelf.list();
        }

        @Override
        public void obtain(String id, JobContext context) throws LatheException {
            var unused = new PackInstaller(shelf).obtain(shelf.source(id), context);
        }

        @Override
        public void add(String id, Path file, JobContext context) throws LatheException {
            var unused = new PackInstaller(shelf).add(shelf.source(id), file, context);
        }

        @Override
        public void remove(String id) throws LatheException {
            shelf.remove(id);
        }
    }

    private record KeptRoofs(Profiler profiler) implements Services.Roofs {
        @Override
        public Optional<Ceilings> find(RunTarget target) {
            return target.engine().equals(SeveralEngine.ID)
                    ? Optional.empty()
                    : CeilingFiles.ofThisUser().find(CeilingSetup.of(byDefault(target)));
        }

        @Override
        public Ceilings measure(RunTarget target, JobContext context) {
            return new CeilingMeasurement(profiler, CpuCaches.lastLevel())
                    .measure(target.device(), byDefault(target).engine(), context);
        }

        /// What a device gives at most is measured with models that PyTorch does not run.
        private static RunTarget byDefault(RunTarget target) {
            return target.engine().equals(PyTorchEngine.ID)
                    ? new RunTarget(EngineCatalog.DEFAULT, target.device(), target.threads())
                    : target;
        }

        @Override
        public void keep(Ceilings measured) throws IOException {
            CeilingFiles.ofThisUser().write(measured);
        }
    }

    private record Inside(ModelRunner runner) implements Services.Tensors {
        @Override
        public void read(
                Model model,
                String tensor,
                DimBindings dims,
                RunTarget target,
                TensorValues.Taker taker,
                JobContext context)
                throws LatheException {
            if (model.format().equals(TorchScript.FORMAT) || model.format().equals(PlacedModel.FORMAT)) {
                throw new LatheException(Diagnostic.error(
                                "no-values",
                                "the tensors inside a " + model.format() + " cannot be looked at.",
                                model.source().map(Place::file).orElse(Place.nowhere()))
                        .withRemedy("Open the whole model, or export the program to ONNX."));
            }
            TensorValues.of(model, List.of(tensor), dims, SEED, target, runner, taker, context);
        }

        @Override
        public List<OutputDifference> apart(Model a, Model b, DimBindings dims, RunTarget target, JobContext context)
                throws LatheException {
            return TensorDifferences.of(a, b, dims, SEED, target, runner, context);
        }
    }

    private record Files() implements Services.ModelFiles {
        @Override
        public Model open(Path file, JobContext context) throws LatheException {
            if (String.valueOf(file.getFileName()).endsWith(PlacedModel.SUFFIX)) {
                return PlacedModel.open(file, context);
            }
            return isProgram(file) ? TorchScript.of(file, List.of()) : Formats.open(file, context);
        }

        /// What cannot be read is for the formats to tell.
        private static boolean isProgram(Path file) {
            try {
                return PyTorchArchive.isArchive(file)
                        && PyTorchArchive.of(file).equals(Optional.of(PyTorchArchive.SCRIPT));
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public Optional<Placement> placement(Model model, JobContext context) throws LatheException {
            if (!model.format().equals(PlacedModel.FORMAT)) {
                return Optional.empty();
            }
            return PlacedStages.of(
                    model, Devices.discover().stream().map(DeviceStatus::device).toList(), context);
        }

        @Override
        public void export(Model model, Path target, JobContext context) throws LatheException {
            Formats.export(model, target, context);
        }

        @Override
        public void save(Model model, Path opened, Path target, WeightPlacement weights, JobContext context)
                throws LatheException {
            Formats.save(model, opened, target, weights, context);
        }

        @Override
        public List<String> extensions() {
            return Stream.concat(
                            Formats.importers().stream()
                                    .map(ModelImporter::extensions)
                                    .flatMap(List::stream),
                            Stream.of("pt", PlacedModel.SUFFIX.substring(1)))
                    .distinct()
                    .toList();
        }
    }

    private record Analyst() implements Services.Analyst {
        @Override
        public DimBindings assume(Model model) {
            return DefaultDims.choose(model);
        }

        @Override
        public Analysis analyse(Model model, DimBindings dims, JobContext context) {
            return Analysis.of(model, dims, context);
        }
    }

    private record Passes(ModelRunner runner) implements Services.Compression {
        @Override
        public List<PassInfo> passes() {
            return PassCatalog.all().stream().map(Pass::info).toList();
        }

        @Override
        public Trace apply(Model model, Recipe recipe, JobContext context) throws LatheException {
            return Pipeline.run(model, recipe, runner, context);
        }

        @Override
        public List<OutputDifference> compare(
                Path source, Path variant, DimBindings dims, RunTarget target, JobContext context)
                throws LatheException {
            return Equivalence.compare(
                    source, variant, new EquivalencePlan(SAMPLES, SEED, dims), target, runner, context);
        }

        @Override
        public void writeRecipe(Recipe recipe, Path target) throws LatheException {
            RecipeFile.write(recipe, target);
        }
    }
}
