package dev.lathe.app.project;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.WeightPlacement;
import dev.lathe.optimize.OptionSpec;
import dev.lathe.optimize.PassInfo;
import dev.lathe.optimize.Recipe;
import dev.lathe.optimize.Trace;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.Profiler;
import dev.lathe.profile.RunListener;
import dev.lathe.profile.engine.Availability;
import dev.lathe.profile.engine.RunTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// Services that read real files, but run and rewrite nothing: a run goes on until it is cancelled or `kill`ed, a
/// recipe gives the same model, or what `change` makes of it, after `recipe` is released.
public final class FakeServices implements Profiler, Services.Compression {
    private static final OptionSpec KEEP = new OptionSpec(
            "keep-quantized",
            OptionSpec.Kind.PATTERNS,
            "",
            List.of(),
            "Nodes whose results are quantized to 8 bits later stay in 32 bits: a rounding before that moves the"
                    + " codes.");

    public final CountDownLatch recipe = new CountDownLatch(1);
    public volatile UnaryOperator<Model> change = m -> m;
    public volatile Optional<Diagnostic> kill = Optional.empty();
    /// Whether a run that is told to stop has to be killed, so that it tells no result.
    public volatile boolean deaf;
    /// Ceilings that are measured when asked for.
    public final FakeRoofs roofs = new FakeRoofs();

    public Services services() {
        return new Services(
                new Services.ModelFiles() {
                    @Override
                    public Model open(Path file, JobContext context) throws LatheException {
                        return Formats.open(file, context);
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
                        return List.of("onnx");
                    }
                },
                new Services.Analyst() {
                    @Override
                    public DimBindings assume(Model model) {
                        return DimBindings.NONE;
                    }

                    @Override
                    public Analysis analyse(Model model, DimBindings dims, JobContext context) {
                        return Analysis.of(model, dims, context);
                    }
                },
                this,
                this,
                () -> List.of(new Services.MachineDevice(TinyModel.CPU, new Availability.Ready(""), Map.of())),
                (project, folder, context) -> {},
                roofs,
                new FakeTensors(),
                () -> {});
    }

    @Override
    public ProfileRun profile(Model model, ProfilePlan plan, RunListener live, JobContext context)
            throws LatheException {
        CountDownLatch never = new CountDownLatch(1);
        int runs = 0;
        while (!context.cancelled() && (plan.runs() == 0 || runs < plan.runs())) {
            if (kill.isPresent()) {
                throw new LatheException(kill.get());
            }
            live.sample(TinyModel.sample(model, ++runs));
            try {
                if (never.await(20, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("nobody counts this down");
                }
            } catch (InterruptedException e) {
                break; // that is how a job is told to stop
            }
        }
        if (deaf) {
            throw new JobCancelledException();
        }
        return TinyModel.run(model, plan, runs);
    }

    @Override
    public List<PassInfo> passes() {
        return List.of(
                new PassInfo("simplify", "Simplify", "Folds constants.", "f(c) = c", List.of(), 1, ""),
                new PassInfo(
                        "fp16",
                        "Half precision",
                        "Halves the file.",
                        "x ≈ h(x)",
                        List.of(KEEP),
                        0.99,
                        "Slower on CPUs."));
    }

    @Override
    public Trace apply(Model model, Recipe steps, JobContext context) {
        try {
            while (!recipe.await(20, TimeUnit.MILLISECONDS)) {
                context.progress(0.5, "thinking");
                context.checkCancelled();
            }
        } catch (InterruptedException e) {
            throw new JobCancelledException();
        }
        return new Trace(
                change.apply(model),
                steps.steps().stream()
                        .map(s -> new Trace.Done(s, model, Duration.ZERO, List.of()))
                        .toList());
    }

    @Override
    public List<OutputDifference> compare(
            Path source, Path variant, DimBindings dims, RunTarget target, JobContext context) {
        return List.of(new OutputDifference("y", 1, Double.POSITIVE_INFINITY, 0, 10, 0));
    }

    @Override
    public void writeRecipe(Recipe r, Path target) throws LatheException {
        throw new LatheException(Diagnostic.error("no-recipe", "Not in this test.", Place.file(target)));
    }
}
