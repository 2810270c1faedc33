package dev.lathe.cli;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import dev.lathe.optimize.check.Equivalence;
import dev.lathe.optimize.check.EquivalencePlan;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.optimize.check.TensorDifferences;
import dev.lathe.profile.compare.RunComparison;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lathe compare`: whether two models compute the same.
@Command(
        name = "compare",
        description = "Runs two models on the same inputs and tells how their outputs differ; or tells how two"
                + " measurements of 'run --json' differ, layer by layer.",
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    private final Services services;

    @Parameters(index = "0", paramLabel = "A", description = "Reference model, or measurement.")
    private Path a = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "Model, or measurement, to compare with it.")
    private Path b = Path.of("");

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private DimOptions dims = new DimOptions();

    @Option(
            names = "--samples",
            defaultValue = "4",
            paramLabel = "N",
            description = "Seeded inputs (${DEFAULT-VALUE}).")
    private int samples;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Seed of the first input (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--layers",
            description =
                    "Also tell how far every tensor is apart that both models compute under the same name, in execution"
                            + " order (inputs of the first sample).")
    private boolean layers;

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "Write the comparison as JSON to F ('-': standard output).")
    private Optional<String> json = Optional.empty();

    CompareCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws LatheException {
        if (samples < 1) {
            throw TargetOptions.wrong("--samples", "at least one sample is needed.");
        }
        OutputFile.check("--json", json.map(Path::of));
        OutputsApart outputs =
                new OutputsApart().and("--json", json.map(Path::of)).from(List.of(a, b));
        if (RunFile.isOne(a) || RunFile.isOne(b)) {
            return runs();
        }
        Model reference = Formats.open(a, services.job());
        outputs.fromWeightsOf(a, reference);
        outputs.fromWeightsOf(b, Formats.open(b, services.job()));
        EquivalencePlan plan = new EquivalencePlan(samples, seed, dims.complete(reference));
        List<OutputDifference> differences =
                Equivalence.compare(a, b, plan, target.target(), services.runner(), services.job());
        List<OutputDifference> inside = layers
                ? TensorDifferences.of(
                        reference,
                        Formats.open(b, services.job()),
                        plan.dims(),
                        seed,
                        target.target(),
                        services.runner(),
                        services.job())
                : List.of();
        if (json.isPresent()) {
            Map<String, @Nullable Object> j = json(plan, differences);
            if (layers) {
                j.put("tensors", differenceList(inside));
            }
            JsonOut.write(j, json.get(), services.out());
        }
        if (json.filter("-"::equals).isEmpty()) {
            print("output", differences);
            if (layers) {
                services.out().println();
                print("tensor, in execution order", inside);
            }
        }
        return 0;
    }

    private void print(String title, List<OutputDifference> differences) {
        services.out().printf("%-40s %10s %14s %12s%n", title, "cosine", "SQNR", "max |a−b|");
        for (OutputDifference d : differences) {
            services.out().printf(Locale.ROOT, "%-40s %10.6f %14s %12.4g%n", d.name(), d.cosine(), sqnr(d), d.maxAbs());
            if (d.nonFinite() > 0 && Double.isFinite(d.maxAbs())) {
                services.out()
                        .printf("  %d of %d numbers are not finite, the same in both%n", d.nonFinite(), d.elements());
            }
        }
    }

    private int runs() throws LatheException {
        RunDifferences told = new RunDifferences(a, b, RunComparison.of(RunFile.read(a), RunFile.read(b)));
        if (json.isPresent()) {
            JsonOut.write(told.json(), json.get(), services.out());
        }
        if (json.filter("-"::equals).isEmpty()) {
            services.out().print(told.text());
        }
        return 0;
    }

    /// An infinite ratio is told in words: equal, or numbers on one side only.
    static String sqnr(OutputDifference d) {
        if (Double.isInfinite(d.maxAbs()) && d.nonFinite() > 0) {
            return d.nonFinite() + " not finite";
        }
        return d.maxAbs() == 0 ? "equal" : String.format(Locale.ROOT, "%.1f dB", d.sqnrDb());
    }

    private Map<String, @Nullable Object> json(EquivalencePlan plan, List<OutputDifference> differences) {
        Map<String, @Nullable Object> j = new LinkedHashMap<>();
        j.put("a", a.toString());
        j.put("b", b.toString());
        j.put("samples", plan.samples());
        j.put("seed", plan.seed());
        j.put("dims", plan.dims().sizes());
        j.put("outputs", differenceList(differences));
        return j;
    }

    /// SQNR is null when the outputs are equal, and when one has numbers that are not finite where the other's
    /// are (it would be infinite): `equal` and `nonFinite` tell which.
    static List<Map<String, @Nullable Object>> differenceList(List<OutputDifference> differences) {
        List<Map<String, @Nullable Object>> outputs = new ArrayList<>();
        for (OutputDifference d : differences) {
            Map<String, @Nullable Object> o = new LinkedHashMap<>();
            o.put("name", d.name());
            o.put("cosine", finite(d.cosine()));
            o.put("sqnrDb", finite(d.sqnrDb()));
            o.put("maxAbs", finite(d.maxAbs()));
            o.put("equal", d.maxAbs() == 0);
            o.put("elements", d.elements());
            o.put("nonFinite", d.nonFinite());
            outputs.add(o);
        }
        return outputs;
    }

    private static @Nullable Double finite(double v) {
        return Double.isFinite(v) ? v : null;
    }
}
