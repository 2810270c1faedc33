package dev.lathe.cli;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import dev.lathe.optimize.OptionSpec;
import dev.lathe.optimize.Pass;
import dev.lathe.optimize.PassCatalog;
import dev.lathe.optimize.PassInfo;
import dev.lathe.optimize.Pipeline;
import dev.lathe.optimize.Recipe;
import dev.lathe.optimize.RecipeFile;
import dev.lathe.optimize.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lathe optimize`: applies passes or a recipe and writes the result.
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

    @Option(names = "--list", description = "Describe every pass and its options.")
    private boolean list;

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "Write what was done as JSON to F ('-': standard output).")
    private Optional<String> json = Optional.empty();

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
        if (passes.isEmpty() == recipeFile.isEmpty()) {
            throw usage("Give either --pass or --recipe. Passes: "
                    + String.join(
                            ", ",
                            PassCatalog.all().stream().map(p -> p.info().name()).toList()));
        }
        Recipe recipe = recipeFile.isPresent() ? RecipeFile.read(recipeFile.get()) : PassArguments.recipe(passes);
        Model model = Formats.open(source, services.job());
        Trace trace = Pipeline.run(model, recipe, services.runner(), services.job());
        Formats.export(trace.result(), target, services.job());
        if (saveRecipe.isPresent()) {
            RecipeFile.write(recipe, saveRecipe.get());
        }
        tell(trace, source, target);
        return 0;
    }

    private CommandLine.ParameterException usage(String message) {
        if (spec == null) {
            throw new IllegalStateException(message);
        }
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private void tell(Trace trace, Path source, Path target) throws LatheException {
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
                            : before.graph().nodes().size() + " → "
                                    + step.result().graph().nodes().size() + " nodes"));
            step.remarks().forEach(d -> text.append("  ").append(d.line()).append('\n'));
            before = step.result();
        }
        long sourceBytes = size(source);
        long targetBytes = size(target);
        text.append(String.format(
                java.util.Locale.ROOT,
                "%s  %s → %s (%.2f× smaller)%n",
                target,
                Amounts.fileSize(sourceBytes),
                Amounts.fileSize(targetBytes),
                (double) sourceBytes / Math.max(1, targetBytes)));
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("model", source.toString());
        j.put("output", target.toString());
        j.put("bytesBefore", sourceBytes);
        j.put("bytesAfter", targetBytes);
        j.put("steps", steps);
        if (json.filter("-"::equals).isEmpty()) {
            services.out().print(text);
        }
        if (json.isPresent()) {
            JsonOut.write(j, json.get(), services.out());
        }
    }

    private static long size(Path p) {
        long sum = 0;
        try {
            sum = Files.size(p);
            Path data = p.resolveSibling(p.getFileName() + ".data");
            if (Files.exists(data)) {
                sum += Files.size(data);
            }
        } catch (IOException e) {
            return sum;
        }
        return sum;
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
                                    "kind", o.kind().name().toLowerCase(java.util.Locale.ROOT),
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
