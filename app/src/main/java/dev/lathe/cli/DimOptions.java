package dev.lathe.cli;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.profile.DefaultDims;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/// `--dim NAME=N`, on every command that needs sizes for a model's free dimensions. Read against a model, so that
/// a mistake is answered with the names that this model has.
final class DimOptions {
    private static final Pattern MAY_BE_EMPTY = Pattern.compile("past|cache", Pattern.CASE_INSENSITIVE);

    @Option(
            names = "--dim",
            paramLabel = "NAME=N",
            description = "Size of a free dimension, e.g. --dim batch=1. Repeatable, or several with commas. Others get"
                    + " an assumed size, which is said.")
    private List<String> given = new ArrayList<>();

    /// What the user gave.
    ///
    /// @throws LatheException when the model has no such free dimension, or that is no size
    DimBindings givenFor(Model model) throws LatheException {
        if (given.isEmpty()) {
            return DimBindings.NONE;
        }
        Analysis open = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
        Set<String> free = open.freeDims().keySet();
        Set<String> known = new LinkedHashSet<>(free);
        known.addAll(open.following().keySet());
        known.addAll(open.openDims());
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (String argument : given) {
            for (String binding : bindings(argument, known)) {
                int eq = binding.lastIndexOf('=');
                if (eq < 1) {
                    throw wrong("'" + binding + "' is not NAME=N", free);
                }
                String said = binding.substring(0, eq).strip();
                if (!known.contains(said)) {
                    throw wrong("the model has no free dimension '" + said + "'" + elsewhere(said, open), free);
                }
                String name = meant(said, open);
                Long before =
                        sizes.put(name, size(name, binding.substring(eq + 1).strip(), free));
                if (before != null && !before.equals(sizes.get(name))) {
                    throw wrong("'" + name + "' is given twice, " + before + " and " + sizes.get(name), free);
                }
            }
        }
        return new DimBindings(sizes);
    }

    /// A dimension that is another one's equal sets that one; what follows from others otherwise cannot be set.
    private static String meant(String name, Analysis open) throws LatheException {
        Dim same = open.following().get(name);
        if (same == null) {
            return name;
        }
        if (same instanceof Dim.Symbol(String other)) {
            return other;
        }
        throw wrong(
                "'" + name + "' is " + same + " in this model", open.freeDims().keySet());
    }

    /// What became of a name that the file has, but inference does not need.
    private static String elsewhere(String name, Analysis open) {
        Graph main = open.model().graph();
        for (ValueId id : main.outputs()) {
            Shape declared = main.value(id).map(v -> v.declared().shape()).orElse(Shape.unranked());
            if (declared instanceof Shape.Ranked(List<Dim> told)
                    && open.type(id).shape() instanceof Shape.Ranked(List<Dim> computed)
                    && told.contains(Dim.symbol(name))
                    && told.size() == computed.size()) {
                return ", only the output '" + main.nameOf(id) + "' is declared with it, where the size is "
                        + computed.get(told.indexOf(Dim.symbol(name)));
            }
        }
        return "";
    }

    /// `a=1,b=2` are two, unless the model has a dimension whose name has the comma.
    private static List<String> bindings(String argument, Set<String> free) {
        int eq = argument.lastIndexOf('=');
        return eq > 0 && free.contains(argument.substring(0, eq))
                ? List.of(argument)
                : List.of(argument.split(",", -1));
    }

    /// Nothing has no size to measure; only what was computed before may be nothing, at the first step.
    private static long size(String name, String text, Set<String> free) throws LatheException {
        long size;
        try {
            size = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw wrong("'" + name + "=" + text + "': '" + text + "' is not a whole number", free);
        }
        if (size < (MAY_BE_EMPTY.matcher(name).find() ? 0 : 1)) {
            throw wrong("'" + name + "=" + text + "': a size is at least 1", free);
        }
        return size;
    }

    private static LatheException wrong(String what, Set<String> free) {
        return TargetOptions.wrong(
                "--dim",
                what + "; "
                        + (free.isEmpty()
                                ? "the model has no free dimensions."
                                : "the model's free dimensions: " + String.join(", ", free) + "."));
    }

    /// What the user gave, and an assumed size for every other free dimension.
    DimBindings complete(Model model) throws LatheException {
        return DefaultDims.complete(model, givenFor(model));
    }
}
