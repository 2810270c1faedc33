package dev.lathe.cli;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.WeightPlacement;
import dev.lathe.optimize.OptionSpec;
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
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.report.ModelBytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lathe optimize`: applies passes or a recipe and writes the result, its weights where they are wanted.
@Command(
        name = "optimize",
        description = "Makes a model smaller or faster with passes, or with a recipe saved before.",
        mixinStandardHelpOptions = true)
final class OptimizeCommand implements Callable<Integer> {
    private final Services services;

    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "Model file.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--pass",
            paramLabel = "NAME[:k=v,…]",
            description = "A pass with options; repeatable, in order. See --list.")
    private List<String> passes = new ArrayList<>();

    @Option(names = "--recipe", paramLabel = "F", description = "Apply the recipe in F.")
    private Optional<Path> recipeFile = Optional.empty();

    @Option(names = "--save-recipe", paramLabel = "F", description = "Also write what was applied as a recipe to F.")
    private Optional<Path> saveRecipe = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "The optimized model.")
    private Optional<Path> output = Optional.empty();

    @Option(names = "--in-place", description = "OUT may be MODEL, which is lost then.")
    private boolean inPlace;

    @Option(names = "--list", description = "Describe every pass and its options.")
    private boolean list;

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "Write what was done as JSON to F ('-': standard output).")
    private Optional<String> json = Optional.empty();

    @Option(names = "--no-check", description = "Do not run both models to compare their outputs.")
    private boolean noCheck;

    @Option(
            names = "--samples",
            defaultValue = "2",
            paramLabel = "N",
            description = "Seeded inputs for that comparison (${DEFAULT-VALUE}).")
    private int samples;

    @CommandLine.Mixin
    private final ExternalDataOptions externalData = new ExternalDataOptions();

    OptimizeCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws LatheException {
        if (list) {
            if (json.isPresent()) {
                JsonOut.write(listJson(), json.get(), services.out());
            } else {
                PassCatalog.all().forEach(p -> services.out().print(described(p.info())));
            }
            return 0;
        }
        Path source = file.orElseThrow(() -> usage("Missing required parameter: 'MODEL'"));
        Path target = output.orElseThrow(() -> usage("Missing required option: '-o=OUT'"));
        boolean onlySaved = passes.isEmpty() && recipeFile.isEmpty() && externalData.isGiven();
        if (passes.isEmpty() == recipeFile.isEmpty() && !onlySaved) {
            throw usage("Give either --pass or --recipe. Passes: "
                    + String.join(
                            ", ",
                            PassCatalog.all().stream().map(p -> p.info().name()).toList()));
        }
        OutputFile.checkReplaceable("-o", target);
        if (saveRecipe.isPresent()) {
            OutputFile.checkReplaceable("--save-recipe", saveRecipe.get());
        }
        OutputFile.check("--json", json.map(Path::of));
        OutputsApart outputs = outputs(source, target);
        if (samples < 1) {
            throw TargetOptions.wrong("--samples", "at least one sample is needed.");
        }
        WeightPlacement placement = externalData.placement();
        Recipe recipe =
                recipeFile.isPresent() ? RecipeFile.read(recipeFile.get()) : PassArguments.recipe("--pass", passes);
        Model model = Formats.open(source, services.job());
        outputs.fromWeightsOf(source, model);
        // Before anything is written: the target may be the source.
        long sourceBytes = ModelBytes.of(source, model);
        Trace trace = applied(recipe, model, source);
        Checked checked = noCheck ? new Checked(List.of(), "not asked for") : checked(trace);
        Set<Path> replaced = Formats.isSame(source, target) ? ModelBytes.files(source, model) : Set.of();
        Formats.save(trace.result(), source, target, placement, services.job());
        Model result = Formats.open(target, services.job());
        try {
            outputs.fromWeightsOf(target, result);
        } catch (LatheException e) {
            throw OutputFile.after(written(target), e);
        }
        Set<Path> present = ModelBytes.files(target, result);
        if (saveRecipe.isPresent()) {
            try {
                RecipeFile.write(recipe, saveRecipe.get());
            } catch (LatheException e) {
                throw OutputFile.after(written(target), e);
            }
        }
        tell(
                trace,
                checked,
                new Sizes(source, sourceBytes, target, ModelBytes.of(target, result)),
                WrittenFiles.of(target, replaced, present));
        return 0;
    }

    /// From where to where, and what both take with their data files.
    private record Sizes(Path source, long sourceBytes, Path target, long targetBytes) {}

    private Trace applied(Recipe recipe, Model model, Path source) throws LatheException {
        try {
            return Pipeline.run(model, recipe, services.runner(), services.job());
        } catch (LatheException e) {
            throw ModelNamed.in(source, e);
        }
    }

    /// The model itself may be replaced by what is made of it when the user says so, and by nothing else.
    private OutputsApart outputs(Path source, Path target) throws LatheException {
        OutputsApart others =
                new OutputsApart().and("--save-recipe", saveRecipe).and("--json", json.map(Path::of));
        List<Path> read = new ArrayList<>(List.of(source));
        recipeFile.ifPresent(read::add);
        others.from(read).and("-o", Optional.of(target));
        return (inPlace ? others : others.from(List.of(source))).fromEachOther();
    }

    private CommandLine.ParameterException usage(String message) {
        if (spec == null) {
            throw new IllegalStateException(message);
        }
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    /// How the outputs compare, or why that is not known.
    private record Checked(List<OutputDifference> differences, String whyNot) {}

    /// Runs before and after on seeded inputs. A model that cannot run here is still optimized, and that is
    /// said.
    private Checked checked(Trace trace) {
        if (trace.result() == trace.source()) {
            return new Checked(List.of(), "nothing was changed");
        }
        try {
            EquivalencePlan plan = new EquivalencePlan(samples, 1, DefaultDims.choose(trace.source()));
            RunTarget target = new RunTarget(EngineCatalog.DEFAULT, TargetOptions.device("cpu", "--device"), 1);
            return new Checked(
                    Equivalence.models(trace.source(), trace.result(), plan, target, services.runner(), services.job()),
                    "");
        } catch (LatheException e) {
            return new Checked(List.of(), e.diagnostic().line());
        }
    }

    private void tell(Trace trace, Checked checked, Sizes files, WrittenFiles data) throws LatheException {
        List<Map<String, @Nullable Object>> steps = new ArrayList<>();
        Model before = trace.source();
        StringBuilder text = new StringBuilder();
        for (Trace.Done step : trace.steps()) {
            Map<String, @Nullable Object> s = new LinkedHashMap<>();
            s.put("pass", step.step().pass());
            s.put("options", step.step().options());
            s.put("applied", step.result() != before);
            s.put("nodesBefore", before.graph().nodes().size());
            s.put("nodesAfter", step.result().graph().nodes().size());
            s.put("seconds", step.took().toNanos() / 1e9);
            s.put("remarks", step.remarks().stream().map(d -> d.line()).toList());
            steps.add(s);
            text.append(String.format(
                    "%-18s %s%n",
                    step.step().pass(),
                    step.result() == before
                            ? "nothing to do"
                            : before.graph().allNodes() + " → "
                                    + step.result().graph().allNodes() + " nodes"));
            step.remarks().forEach(d -> text.append("  ").append(d.line()).append('\n'));
            before = step.result();
        }
        text.append(String.format(
                Locale.ROOT,
                "%s  %s → %s (%s)%n",
                files.target(),
                Amounts.fileSize(files.sourceBytes()),
                Amounts.fileSize(files.targetBytes()),
                ratio(files.sourceBytes(), files.targetBytes())));
        text.append(data.words());
        checked.differences()
                .forEach(d -> text.append(String.format(
                        Locale.ROOT,
                        "output %s: cosine %.4f, SQNR %s, largest difference %.3g%n",
                        d.name(),
                        d.cosine(),
                        CompareCommand.sqnr(d),
                        d.maxAbs())));
        if (!checked.whyNot().isEmpty()) {
            text.append("outputs not compared: ").append(checked.whyNot()).append('\n');
        }
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("model", files.source().toString());
        j.put("output", files.target().toString());
        j.put("bytesBefore", files.sourceBytes());
        j.put("bytesAfter", files.targetBytes());
        j.put("dataFiles", WrittenFiles.names(data.data()));
        j.put("unusedDataFiles", WrittenFiles.names(data.unused()));
        j.put("steps", steps);
        j.put("outputs", checked.whyNot().isEmpty() ? CompareCommand.differenceList(checked.differences()) : null);
        j.put("notCompared", checked.whyNot().isEmpty() ? null : checked.whyNot());
        if (json.filter("-"::equals).isEmpty()) {
            services.out().print(text);
        }
        if (json.isPresent()) {
            JsonOut.write(j, json.get(), services.out(), written(files.target()));
        }
    }

    private static String written(Path target) {
        return "The model was written to " + target + ".";
    }

    static String ratio(long before, long after) {
        double ratio = (double) before / Math.max(1, after);
        if (before == after) {
            return "the same size";
        }
        if (ratio > 0.995 && ratio < 1.005) {
            return Amounts.fileSize(Math.abs(after - before)) + (after > before ? " larger" : " smaller");
        }
        return ratio >= 1
                ? String.format(Locale.ROOT, "%.2f× smaller", ratio)
                : String.format(Locale.ROOT, "%.2f× larger", 1 / ratio);
    }

    private static List<Map<String, Object>> listJson() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Pass p : PassCatalog.all()) {
            Map<String, Object> j = new LinkedHashMap<>();
            j.put("name", p.info().name());
            j.put("title", p.info().title());
            j.put("description", p.info().description());
            j.put("rewrite", p.info().rewrite());
            j.put("remark", p.info().remark());
            j.put(
                    "options",
                    p.info().options().stream()
                            .map(o -> Map.of(
                                    "name", o.name(),
                                    "kind", o.kind().name().toLowerCase(Locale.ROOT),
                                    "default", o.defaultValue(),
                                    "choices", o.choices(),
                                    "description", o.description()))
                            .toList());
            all.add(j);
        }
        return all;
    }

    private static String described(PassInfo info) {
        StringBuilder b = new StringBuilder();
        b.append(info.name()).append("  ").append(info.title()).append('\n');
        b.append("  ").append(info.description()).append('\n');
        b.append("  ").append(info.rewrite()).append('\n');
        if (!info.remark().isEmpty()) {
            b.append("  Note: ").append(info.remark()).append('\n');
        }
        for (OptionSpec o : info.options()) {
            b.append(String.format("    %-16s %s", o.name() + "=" + o.defaultValue(), o.description()));
            if (!o.choices().isEmpty()) {
                b.append(" (").append(String.join(", ", o.choices())).append(')');
            }
            b.append('\n');
        }
        return b.append('\n').toString();
    }
}
