package dev.lathe.cli;

import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.NodeId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.Placement;
import dev.lathe.optimize.partition.MeasuredPipeline;
import dev.lathe.optimize.partition.PipelineCuts;
import dev.lathe.optimize.partition.PipelineRun;
import dev.lathe.optimize.partition.Prediction;
import dev.lathe.optimize.partition.StageCutter;
import dev.lathe.optimize.partition.StageModel;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.engine.RunTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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

/// `lathe split`: cuts a model into a pipeline over devices, and runs it.
@Command(
        name = "split",
        description = "Cuts a model into pipeline stages over devices, predicts what that gives, and measures it with --run.",
        mixinStandardHelpOptions = true)
final class SplitCommand implements Callable<Integer> {
    private final Services services;

    @Parameters(paramLabel = "MODEL", description = "Model file.")
    private Path file = Path.of("");

    @Option(names = "--devices", required = true, split = ",", paramLabel = "ID", description = "Devices, one per stage, e.g. cpu:0,cpu:1.")
    private List<String> devices = new ArrayList<>();

    @Option(names = "--stages", defaultValue = "0", paramLabel = "N", description = "Stages (as many as devices).")
    private int stages;

    @Option(
            names = "--borders",
            split = ",",
            paramLabel = "N",
            description = "Borders by hand: how many nodes come before each, in execution order, instead of the planner's.")
    private List<Integer> borders = new ArrayList<>();

    @Option(names = "--run", description = "Run the stages, each in its own process on its device.")
    private boolean run;

    @Option(names = "--requests", defaultValue = "60", paramLabel = "N", description = "Requests to send with --run (${DEFAULT-VALUE}).")
    private int requests;

    @Option(names = "--runs", defaultValue = "20", paramLabel = "N", description = "Runs that measure the layers for the plan (${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Seed of the random inputs (${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private DimOptions dims = new DimOptions();

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "DIR", description = "Folder for the stage models.")
    private Path folder = Path.of("");

    @Option(names = "--json", paramLabel = "F", description = "Write the result as JSON to F ('-': standard output).")
    private Optional<String> json = Optional.empty();

    SplitCommand(Services services) {
        this.services = services;
    }
}
