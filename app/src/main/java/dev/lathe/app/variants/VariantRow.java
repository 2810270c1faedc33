package dev.lathe.app.variants;

import dev.lathe.app.project.Project;
import dev.lathe.app.project.SourceFile;
import dev.lathe.app.project.Variant;
import dev.lathe.app.project.VariantId;
import dev.lathe.app.project.VariantState;
import dev.lathe.app.ui.Numbers;
import dev.lathe.optimize.edit.EditByHand;
import java.util.Optional;

/// A row of the variants tree in words: what it is, its median time, its size, and how these compare with the original.
public record VariantRow(
        VariantId id,
        Optional<VariantId> parent,
        String icon,
        String name,
        String ms,
        String mb,
        VariantGain gain,
        String tip) {

    static VariantRow of(Project p, Variant v) {
        return new VariantRow(
                v.id(), v.parent(), icon(v), name(p, v), ms(p, v), mb(v), VariantGain.of(p, v), tip(p, v));
    }

    /// The opened file may have become one of its variants.
    private static String name(Project p, Variant v) {
        Optional<SourceFile> replaced = p.file().filter(f -> f.replacedBy().isPresent());
        if (v.isSource() && replaced.isPresent()) {
            return v.name() + " · in no file now";
        }
        return replaced.filter(f -> f.replacedBy().equals(Optional.of(v.id())))
                .map(f -> v.name() + " · in " + f.path().getFileName())
                .orElse(v.name());
    }

    private static String icon(Variant v) {
        if (v.state() instanceof VariantState.Failed) {
            return "mdi2a-alert";
        }
        if (v.isSource()) {
            return "mdi2g-graph-outline";
        }
        if (v.recipe().steps().stream().allMatch(s -> s.pass().equals(EditByHand.NAME))
                && !v.recipe().steps().isEmpty()) {
            return "mdi2p-pencil-outline";
        }
        return v.recipe().steps().stream().allMatch(s -> s.pass().startsWith("simplify"))
                ? "mdi2c-creation"
                : "mdi2t-tune-variant";
    }

    private static String ms(Project p, Variant v) {
        return VariantGain.median(p, v).map(Numbers::millis).orElse(Numbers.UNKNOWN);
    }

    private static String mb(Variant v) {
        return switch (v.state()) {
            case VariantState.Ready r -> megabytes(r.fileBytes());
            case VariantState.Preparing x -> "…";
            case VariantState.Failed x -> Numbers.UNKNOWN;
        };
    }

    /// In as few characters as the column has room for: files of a few kB are told less exactly.
    static String megabytes(long bytes) {
        return bytes < 1000 ? "<0.001" : Numbers.digits(bytes / 1e6, bytes < 10_000 ? 2 : 3);
    }

    private static String tip(Project p, Variant v) {
        return switch (v.state()) {
            case VariantState.Ready r -> {
                String run = v.run()
                        .map(m -> "median of " + m.latency().runs() + " runs, "
                                + m.plan().target().threads() + " threads, "
                                + m.plan().target().device().name()
                                + (p.runOf(v).isPresent() ? "" : ", at other sizes than now"))
                        .orElse("not yet run: select it and press F5");
                yield r.file() + "\n" + Numbers.fileSize(r.fileBytes()) + " · " + run;
            }
            case VariantState.Preparing x -> "being made; see Jobs";
            case VariantState.Failed f -> f.why().line();
        };
    }
}
