package dev.lathe.app.project;

import dev.lathe.graph.Model;
import java.nio.file.Path;
import java.util.Optional;

/// What a shown model is called: `name` in titles, `from` where it lies or what it was made of.
///
/// People know a model by its file and a variant by the name that they gave it; exporters call the graph in it
/// `torch_jit` or `main_graph`.
public record ModelTitle(String name, String from) {

    /// Of a model by itself: its file without the extension.
    public static ModelTitle of(Model model) {
        String graph = model.graph().name();
        return new ModelTitle(
                model.source().map(ModelTitle::base).orElse(graph.isEmpty() ? "model" : graph),
                model.source().map(Path::toString).orElse(""));
    }

    /// Of a variant of this project: the name that it was given; the original is called as its file.
    public static ModelTitle of(Project p, Variant variant) {
        Optional<Path> file = p.file().map(SourceFile::path);
        return variant.isSource()
                ? new ModelTitle(
                        file.map(ModelTitle::base).orElse("model"),
                        file.map(Path::toString).orElse(""))
                : new ModelTitle(
                        variant.name(),
                        file.map(f -> "variant of " + f.getFileName()).orElse(""));
    }

    private static String base(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.[A-Za-z0-9]+$", "");
    }
}
