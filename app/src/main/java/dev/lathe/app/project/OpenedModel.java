package dev.lathe.app.project;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Dim;
import dev.lathe.graph.DimTerms;
import dev.lathe.graph.Model;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.data.Weights;
import dev.lathe.profile.input.InputShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reading a model file into all that the window shows of it.
final class OpenedModel {
    private OpenedModel() {}

    /// @param inputs what the user says that a program is given; empty for a file that says it itself
    static Action.ModelOpened read(
            Attempt attempt, Path file, Optional<List<ValueType>> inputs, Services services, JobContext context)
            throws LatheException {
        context.progress(-1, "reading");
        Model model = inputs.isPresent()
                ? services.files().describe(file, inputs.get())
                : services.files().open(file, context);
        context.checkCancelled();
        context.progress(-1, "inferring shapes and costs");
        DimBindings dims = services.analyst().assume(model);
        Analysis analysis = services.analyst().analyse(model, dims, context);
        return new Action.ModelOpened(
                attempt,
                file,
                analysis,
                dims.sizes().keySet(),
                bytes(file, model),
                services.files().placement(model, context));
    }

    /// The size of the file and of the files that its weights lie in.
    static long bytes(Path file, Model model) throws LatheException {
        Set<Path> files = new HashSet<>(Set.of(file.toAbsolutePath().normalize()));
        model.graph()
                .forEachGraph(g -> g.initializers().values().forEach(t -> {
                    if (t.data() instanceof Weights.Mapped m) {
                        files.add(m.file().toAbsolutePath().normalize());
                    }
                }));
        long sum = 0;
        for (Path f : files) {
            try {
                sum += Files.size(f);
            } catch (IOException e) {
                throw new LatheException(
                        Diagnostic.error(
                                        "cannot-read",
                                        "the file cannot be read any more (" + FileReason.of(e) + ").",
                                        Place.file(f))
                                .withRemedy("Open the model again when it is back."),
                        e);
            }
        }
        return sum;
    }

    /// By the names that the analysis gives them: those that the file leaves unnamed have one too.
    static Set<String> freeDims(Model model) {
        Set<String> names = new LinkedHashSet<>();
        for (Value input : InputShape.required(model.graph())) {
            for (Dim d : InputShape.named(input).orElse(List.of())) {
                DimTerms.names(d, names::add);
            }
        }
        return names;
    }
}
