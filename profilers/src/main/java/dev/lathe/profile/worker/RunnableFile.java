package dev.lathe.profile.worker;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The file that an engine opens for a model: the file it was read from while the model still says the same as that
/// file, else an export.
final class RunnableFile {
    private RunnableFile() {}

    /// @param folder where an export goes
    /// @throws LatheException when the export fails
    static Path of(Model model, Path folder, JobContext context) throws LatheException {
        Optional<Path> source = model.source().filter(Files::isRegularFile);
        if (source.isPresent() && (onlyDescribed(model) || untouched(model, source.get(), context))) {
            return source.get();
        }
        context.progress(-1, "writing the model for the engine");
        Path export = folder.resolve("model.onnx");
        Formats.export(model, export, context);
        return export;
    }

    /// What no importer read was described from outside, and was not changed: nothing here could write it.
    private static boolean onlyDescribed(Model model) {
        return Formats.importers().stream().noneMatch(i -> i.format().equals(model.format()));
    }

    /// Reading the file again takes some ms, since tensors stay untouched; a file that cannot be read any more is not
    /// what the model came from.
    private static boolean untouched(Model model, Path source, JobContext context) {
        try {
            return new SameModel(context).same(model, Formats.open(source, context));
        } catch (LatheException e) {
            return false;
        }
    }
}
