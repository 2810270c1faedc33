package dev.lathe.cli;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.optimize.Recipe;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.report.Report;
import dev.lathe.report.ReportMeasurement;
import dev.lathe.report.ReportWriters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lathe report`: runs a model and its variants and writes the report files.
@Command(
        name = "report",
        description = "Runs a model (and variants) and writes report.html, layers.csv and trace.json into a folder.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    private final Services services;

    @Parameters(paramLabel = "MODEL", description = "Model file.")
    private Path file = Path.of("");

    @Option(
            names = "--variant",
            paramLabel = "PASS[+PASS…]|F.json",
            description = "Also make and measure this variant: passes joined with '+', or a recipe file. Repeatable.")
    private List<String> variants = new ArrayList<>();

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private DimOptions dims = new DimOptions();

    @Option(
            names = "--runs",
            defaultValue = "50",
            paramLabel = "N",
            description = "Counted runs of each (${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--warmup",
            defaultValue = "5",
            paramLabel = "N",
            description = "Runs before counting starts (${DEFAULT-VALUE}).")
    private int warmup;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Seed of the random inputs (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--samples",
            defaultValue = "4",
            paramLabel = "N",
            description = "Inputs for the comparison of outputs (${DEFAULT-VALUE}).")
    private int samples;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Folder for the files.")
    private Path folder = Path.of("");

    ReportCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws LatheException {
        if (runs < 1 || samples < 1) {
            throw TargetOptions.wrong(runs < 1 ? "--runs" : "--samples", "at least one is needed.");
        }
        if (warmup < 0) {
            throw TargetOptions.wrong("--warmup", "a number of runs is not negative.");
        }
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        for (String v : variants) {
            if (recipes.put(v, VariantArguments.recipe(v)) != null) {
                throw TargetOptions.wrong("--variant", "'" + v + "' is given twice.");
            }
        }
        OutputFile.checkFolder("-o", folder);
        Model model = Formats.open(file, services.job());
        ProfilePlan plan = new ProfilePlan(
                        target.target(),
                        target.level(),
                        warmup,
                        runs,
                        seed,
                        dims.complete(model),
                        ProfilePlan.USUAL_PROFILED_PER_SECOND)
                .withOptions(target.engineOptions());
        Report report = measured(plan, recipes);
        for (Path written : ReportWriters.write(report, folder, services.job())) {
            services.out().println(written);
        }
        return 0;
    }

    private Report measured(ProfilePlan plan, Map<String, Recipe> recipes) throws LatheException {
        try {
            return new ReportMeasurement(services.profiler(), services.runner(), plan, samples)
                    .measure(
                            file, recipes, Version.text(), machine(plan.target().device()), services.job());
        } catch (LatheException e) {
            throw ModelNamed.in(file, e);
        }
    }

    private static List<Report.Fact> machine(Device device) {
        List<Report.Fact> facts = new ArrayList<>();
        facts.add(new Report.Fact(
                "machine",
                device.name() + (device.features().isEmpty() ? "" : " · " + String.join(" ", device.features()))));
        facts.add(new Report.Fact("system", System.getProperty("os.name") + " " + System.getProperty("os.arch")));
        return facts;
    }
}
