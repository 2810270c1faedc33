package dev.lathe.cli;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.core.Severity;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import dev.lathe.graph.verify.Verifier;
import dev.lathe.report.LayersCsv;
import dev.lathe.report.LifetimesCsv;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `lathe inspect`: what a model is and what it costs by its definition, without running it.
@Command(
        name = "inspect",
        description = "Shows what a model is: operators, parameters, FLOPs, memory. Runs nothing.",
        mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
    private final Services services;

    @Parameters(arity = "1..*", paramLabel = "MODEL", description = "Model files.")
    private List<Path> models = List.of();

    @Mixin
    private DimOptions dims = new DimOptions();

    @Option(names = "--json", paramLabel = "F", description = "Write the facts as JSON to F ('-': standard output).")
    private Optional<String> json = Optional.empty();

    @Option(
            names = "--layers",
            paramLabel = "F.csv",
            description = "Write one line per node to F.csv ('-': standard output).")
    private Optional<Path> layers = Optional.empty();

    @Option(
            names = "--inside",
            description =
                    "With --layers: also the nodes in bodies of nodes and in functions, by the names that lathe edit"
                            + " takes.")
    private boolean inside;

    @Option(
            names = "--shapes",
            paramLabel = "F.jsonl",
            description = "Write one JSON line per value (name, dtype, shape) to F.jsonl ('-': standard output).")
    private Optional<Path> shapes = Optional.empty();

    @Option(
            names = "--lifetimes",
            paramLabel = "F.csv",
            description = "Write when each activation is alive, one line per tensor, to F.csv ('-': standard output).")
    private Optional<Path> lifetimes = Optional.empty();

    @Option(
            names = "--cut",
            paramLabel = "IN,…:OUT,…",
            description = "Write the part of the model between these tensors to -o; nothing before the colon: from its"
                    + " inputs on.")
    private Optional<String> cut = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "Where --cut writes to.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--verify",
            description = "Check the model against the rules of the standard; errors make the exit code 3.")
    private boolean verify;

    @Option(
            names = "--text",
            paramLabel = "F",
            description = "Write the model as a graph text, which all commands read, to F ('-': standard output).")
    private Optional<Path> text = Optional.empty();

    @Option(
            names = "--text-constants",
            defaultValue = "64",
            paramLabel = "N",
            description = "Constants of more elements are left out of the text (${DEFAULT-VALUE}).")
    private int constants;

    InspectCommand(Services services) {
        this.services = services;
    }

    private void checkCut() throws LatheException {
        if (cut.isPresent() != output.isPresent()) {
            throw TargetOptions.wrong(cut.isPresent() ? "--cut" : "-o", "--cut and -o go together.");
        }
        if (cut.isPresent() && models.size() > 1) {
            throw TargetOptions.wrong("--cut", "one model at a time.");
        }
        if (output.isPresent()) {
            OutputFile.checkReplaceable("-o", output.get());
        }
    }

    /// One line when there are errors among these.
    private static Optional<String> refusal(Path file, List<Diagnostic> findings) {
        List<Diagnostic> errors =
                findings.stream().filter(d -> d.severity() == Severity.ERROR).toList();
        if (errors.isEmpty()) {
            return Optional.empty();
        }
        String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
        return Optional.of(
                file + " breaks the rules of the standard: " + errors.getFirst().line() + more);
    }

    /// Whether something for machines goes there, so that nothing else may.
    private boolean toStandardOutput() {
        return json.filter("-"::equals).isPresent()
                || layers.filter(OutputFile.STANDARD_OUTPUT::equals).isPresent()
                || shapes.filter(OutputFile.STANDARD_OUTPUT::equals).isPresent()
                || lifetimes.filter(OutputFile.STANDARD_OUTPUT::equals).isPresent()
                || text.filter(OutputFile.STANDARD_OUTPUT::equals).isPresent();
    }

    @Override
    public Integer call() throws LatheException {
        OutputFile.check("--json", json.map(Path::of));
        OutputFile.check("--layers", layers);
        OutputFile.check("--shapes", shapes);
        OutputFile.check("--lifetimes", lifetimes);
        OutputFile.check("--text", text);
        if (text.isPresent() && models.size() > 1) {
            throw TargetOptions.wrong("--text", "one model at a time.");
        }
        if (inside && layers.isEmpty()) {
            throw TargetOptions.wrong("--inside", "goes with --layers.");
        }
        checkCut();
        OutputsApart outputs = new OutputsApart()
                .and("--json", json.map(Path::of))
                .and("--layers", layers)
                .and("--shapes", shapes)
                .and("--lifetimes", lifetimes)
                .and("--text", text)
                .from(models)
                .and("-o", output)
                .fromEachOther();
        List<Map<String, Object>> facts = new ArrayList<>();
        StringBuilder shapeLines = new StringBuilder();
        StringBuilder layerLines = new StringBuilder(LayersCsv.header());
        StringBuilder lifetimeLines = new StringBuilder(LifetimesCsv.header());
        List<String> problems = new ArrayList<>();
        for (Path file : models) {
            try {
                Model model = Formats.open(file, services.job());
                outputs.fromWeightsOf(file, model);
                // First: what cannot be cut is said alone.
                Optional<Model> part = cut.isPresent()
                        ? Optional.of(new CutArgument(cut.get()).of(model, services.job()))
                        : Optional.empty();
                DimBindings given = dims.givenFor(model);
                Analysis symbolic = Analysis.of(model, given, services.job());
                DimBindings complete = dims.complete(model);
                Analysis sized =
                        complete.equals(symbolic.dims()) ? symbolic : Analysis.of(model, complete, services.job());
                List<Diagnostic> findings = verify
                        ? Verifier.of(symbolic, services.job())
                        : symbolic.inference().diagnostics();
                if (verify) {
                    refusal(file, findings).ifPresent(problems::add);
                }
                ModelFacts known = new ModelFacts(file, symbolic, sized, given, findings, verify);
                facts.add(known.json());
                if (!toStandardOutput()) {
                    services.out().print(known.text());
                }
                if (shapes.isPresent()) {
                    shapeLines.append(
                            ValueLines.jsonLines(symbolic, models.size() > 1 ? Optional.of(file) : Optional.empty()));
                }
                if (layers.isPresent()) {
                    layerLines.append(
                            inside
                                    ? LayersCsv.everywhere(file.toString(), sized)
                                    : LayersCsv.lines(file.toString(), sized, Optional.empty()));
                }
                if (lifetimes.isPresent()) {
                    lifetimeLines.append(LifetimesCsv.lines(file.toString(), sized));
                }
                if (text.isPresent()) {
                    OutputFile.write("--text", text.get(), GraphText.print(model, constants), services.out());
                }
                if (part.isPresent() && output.isPresent()) {
                    Formats.export(part.get(), output.get(), services.job());
                }
            } catch (LatheException e) {
                // With several files one bad one must not hide the others; with one, the common way of failing serves.
                if (models.size() == 1 || e.diagnostic().place() instanceof Place.AtOption) {
                    throw e;
                }
                problems.add(e.diagnostic().line());
            }
        }
        write(facts, shapeLines, layerLines, lifetimeLines);
        // Last: a command that cannot write its results says only that.
        problems.forEach(p -> services.err().println("lathe: " + p));
        return problems.isEmpty() ? 0 : ExitCode.BAD_INPUT;
    }

    /// The part of the model is written by then, and stays when something here fails.
    private void write(
            List<Map<String, Object>> facts,
            CharSequence shapeLines,
            CharSequence layerLines,
            CharSequence lifetimeLines)
            throws LatheException {
        try {
            if (shapes.isPresent()) {
                OutputFile.write("--shapes", shapes.get(), shapeLines.toString(), services.out());
            }
            if (layers.isPresent()) {
                OutputFile.write("--layers", layers.get(), layerLines.toString(), services.out());
            }
            if (lifetimes.isPresent()) {
                OutputFile.write("--lifetimes", lifetimes.get(), lifetimeLines.toString(), services.out());
            }
            if (json.isPresent()) {
                JsonOut.write(models.size() == 1 ? facts.getFirst() : facts, json.get(), services.out());
            }
        } catch (LatheException e) {
            throw output.isPresent()
                    ? OutputFile.after("The part of the model was written to " + output.get() + ".", e)
                    : e;
        }
    }
}
