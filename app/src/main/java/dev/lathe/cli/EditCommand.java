package dev.lathe.cli;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.edit.AppendModel;
import dev.lathe.graph.edit.Edit;
import dev.lathe.graph.edit.EditScript;
import dev.lathe.graph.edit.Edits;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.WeightPlacement;
import dev.lathe.report.ModelBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lathe edit`: changes a model by hand, verifies it and writes it.
@Command(
        name = "edit",
        description = "Changes a model by hand: renames, removes, inserts, rewires, cuts, appends. Runs nothing.",
        mixinStandardHelpOptions = true)
final class EditCommand implements Callable<Integer> {
    private final Services services;

    @Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "Model file.")
    private Path file = Path.of("");

    @Parameters(
            index = "1..*",
            paramLabel = "STATEMENT",
            description = "Changes, e.g. 'rename tensor x to pixels' or 'remove Dropout_7'.")
    private List<String> statements = new ArrayList<>();

    @Option(names = "--script", paramLabel = "F", description = "Read statements from F, before those given here.")
    private Optional<Path> script = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUT",
            description = "The changed model.")
    private Path output = Path.of("");

    @Option(names = "--in-place", description = "OUT may be MODEL, which is lost then.")
    private boolean inPlace;

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "Write what was done as JSON to F ('-': standard output).")
    private Optional<String> json = Optional.empty();

    EditCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws LatheException {
        if (statements.isEmpty() && script.isEmpty() && spec != null) {
            throw new CommandLine.ParameterException(spec.commandLine(), "Give a STATEMENT, or --script.");
        }
        OutputFile.checkReplaceable("-o", output);
        OutputFile.check("--json", json.map(Path::of));
        List<Edit> edits = new ArrayList<>();
        if (script.isPresent()) {
            edits.addAll(read(script.get()));
        }
        for (String s : statements) {
            edits.addAll(parsed(s, new Place.AtOption("'" + s + "'")));
        }
        OutputsApart outputs = outputs(edits);
        Model model = Formats.open(file, services.job());
        outputs.fromWeightsOf(file, model);
        Model after = edited(model, edits);
        // Before anything is written: the output may be the model.
        Set<Path> replaced = Formats.isSame(file, output) ? ModelBytes.files(file, model) : Set.of();
        Formats.save(after, file, output, WeightPlacement.keep(), services.job());
        Set<Path> present = ModelBytes.files(output, Formats.open(output, services.job()));
        tell(model, after, edits, WrittenFiles.of(output, replaced, present));
        return 0;
    }

    private Model edited(Model model, List<Edit> edits) throws LatheException {
        try {
            return Edits.apply(model, edits, services.job());
        } catch (LatheException e) {
            Place place = e.diagnostic().place();
            // A file that cannot be appended is named already.
            throw place instanceof Place.InFile
                    ? e
                    : new LatheException(e.diagnostic().at(new Place.Within(file, place)), e);
        }
    }

    private static List<Edit> read(Path script) throws LatheException {
        try {
            return parsed(Files.readString(script), Place.file(script)).stream()
                    .map(e -> e.withFiles(script::resolveSibling))
                    .toList();
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                            "file-unreadable", "cannot be read (" + FileReason.of(e) + ").", Place.file(script)),
                    e);
        }
    }

    private static List<Edit> parsed(String text, Place place) throws LatheException {
        try {
            return EditScript.parse(text);
        } catch (LatheException e) {
            throw new LatheException(e.diagnostic().at(place), e);
        }
    }

    private OutputsApart outputs(List<Edit> edits) throws LatheException {
        List<Path> read = new ArrayList<>();
        script.ifPresent(read::add);
        edits.forEach(e -> {
            if (e instanceof AppendModel a) {
                read.add(a.file());
            }
        });
        OutputsApart outputs = new OutputsApart().and("--json", json.map(Path::of));
        outputs.from(List.of(file)).and("-o", Optional.of(output)).from(read);
        return (inPlace ? outputs : outputs.from(List.of(file))).fromEachOther();
    }

    private void tell(Model before, Model after, List<Edit> edits, WrittenFiles data) throws LatheException {
        if (json.filter("-"::equals).isEmpty()) {
            edits.forEach(e -> services.out().println(e.text()));
            services.out()
                    .printf(
                            "%s  %d → %d nodes%n",
                            output, before.graph().allNodes(), after.graph().allNodes());
            services.out().print(data.words());
        }
        if (json.isPresent()) {
            Map<String, Object> j = new LinkedHashMap<>();
            j.put("model", file.toString());
            j.put("output", output.toString());
            j.put("dataFiles", WrittenFiles.names(data.data()));
            j.put("unusedDataFiles", WrittenFiles.names(data.unused()));
            j.put("edits", edits.stream().map(Edit::text).toList());
            j.put("nodesBefore", before.graph().allNodes());
            j.put("nodesAfter", after.graph().allNodes());
            JsonOut.write(j, json.get(), services.out(), "The model was written to " + output + ".");
        }
    }
}
