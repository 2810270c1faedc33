package dev.lathe.app.project;

import dev.lathe.app.ui.Numbers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// What is said about a variant that has become ready.
final class VariantWords {
    private VariantWords() {}

    /// Empty when the variant was removed meanwhile, and of the one that is being edited before the user's eyes.
    static Optional<Notice> ready(Project p, VariantId id, Store store) {
        return p.variant(id)
                .filter(v -> !id.equals(p.selected())
                        || EditedRecipe.script(v.recipe()).isEmpty())
                .map(v -> ready(p, v, store));
    }

    /// The opened file has another model now than the one that is shown as the original.
    ///
    /// @param files what was written
    static Notice replaced(Variant v, Path file, String files, Runnable open) {
        return new Notice(
                Notice.Kind.SUCCESS,
                "Exported " + v.name() + " over " + file.getFileName(),
                files + ". The original stays open here as it was, with its variants and measurements; it is in no file"
                        + " of yours any more.",
                List.of(new Notice.Answer("Open the new file", open)),
                now -> now.file().flatMap(SourceFile::replacedBy).isPresent());
    }

    private static Notice ready(Project p, Variant v, Store store) {
        String size = v.ready()
                .flatMap(r -> p.source()
                        .flatMap(Variant::ready)
                        .map(s -> Numbers.fileSize(r.fileBytes()) + " (was " + Numbers.fileSize(s.fileBytes()) + ")"))
                .orElse("");
        OptionalDouble cosine =
                v.differences().stream().mapToDouble(d -> d.cosine()).min();
        String same = cosine.isPresent()
                ? String.format(Locale.ROOT, " · cosine %.3f", Math.floor(cosine.getAsDouble() * 1000) / 1000)
                : "";
        return new Notice(
                Notice.Kind.SUCCESS,
                v.name() + " is ready",
                size + same + " · not yet run",
                List.of(new Notice.Answer("Show", () -> store.dispatch(new Action.SelectVariant(v.id())))),
                // It says that the variant has not run: once it runs, that is no news.
                now -> now.variant(v.id()).filter(x -> x.run().isEmpty()).isPresent()
                        && !now.run().runs(v.id()));
    }
}
