package dev.lathe.cli;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.worker.WorkerProfiler;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option that writes the graph that the runtime made of a model: as ONNX, or else as a graph text.
final class RuntimeGraphArgument {
    private static final String NAME = "--runtime-graph";

    /// As in `lathe inspect --text`.
    private static final int CONSTANTS = 64;

    @Option(
            names = NAME,
            paramLabel = "F",
            description = "Write the graph that the runtime made of the model and ran to F: a model when F ends"
                    + " with .onnx, else a graph text ('-': standard output).")
    private Optional<Path> target = Optional.empty();

    private boolean written;

    Optional<Path> target() {
        return target;
    }

    String name() {
        return NAME;
    }

    void check(String engine, boolean sweep) throws LatheException {
        OutputFile.check(NAME, target);
        if (target.isPresent() && sweep) {
            throw TargetOptions.wrong(NAME, "a sweep runs a model many times: write the graph of one run.");
        }
        if (target.isPresent() && !engine.equals(EngineCatalog.DEFAULT)) {
            throw TargetOptions.wrong(NAME, "engine " + engine + " does not tell the graph that it runs.");
        }
    }

    WorkerProfiler on(WorkerProfiler profiler, PrintWriter out) {
        return target.map(t -> profiler.handingOver(runtime -> write(runtime, t, out)))
                .orElse(profiler);
    }

    private void write(Model runtime, Path to, PrintWriter out) throws LatheException {
        if (to.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
            Formats.export(runtime, to, JobContext.quiet());
        } else {
            OutputFile.write(NAME, to, GraphText.print(runtime, CONSTANTS), out);
        }
        written = true;
    }

    /// @throws LatheException when it was asked for and there was none
    void confirm() throws LatheException {
        if (target.isPresent() && !written) {
            throw new LatheException(Diagnostic.error(
                            "no-runtime-graph",
                            "the runtime did not tell the graph that it ran, so '" + target.get() + "' is not written.",
                            new Place.AtOption(NAME))
                    .withRemedy("Run on the CPU: what some providers compile for themselves cannot be saved."));
        }
    }
}
