package dev.lathe.cli;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.profile.DefaultDims;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `--dim NAME=N`, on every command that needs sizes for a model's free dimensions.
final class DimOptions {
    @Option(
            names = "--dim",
            paramLabel = "NAME=N",
            converter = Binding.Converter.class,
            description =
                    "Size of a free dimension, e.g. --dim batch=1. Repeatable. Others get an assumed size, which is said.")
    private java.util.List<Binding> given = new java.util.ArrayList<>();

    /// One `NAME=N`.
    record Binding(String name, long size) {
        static final class Converter implements ITypeConverter<Binding> {
            @Override
            public Binding convert(String text) {
                int eq = text.lastIndexOf('=');
                if (eq < 1) {
                    throw new TypeConversionException("'" + text + "' is not NAME=N");
                }
                try {
                    long size = Long.parseLong(text.substring(eq + 1));
                    if (size < 0) {
                        throw new TypeConversionException("'" + text + "': a size is not negative");
                    }
                    return new Binding(text.substring(0, eq), size);
                } catch (NumberFormatException e) {
                    throw new TypeConversionException("'" + text + "': " + text.substring(eq + 1) + " is not a number");
                }
            }
        }
    }

    DimBindings given() {
        Map<String, Long> sizes = new LinkedHashMap<>();
        given.forEach(b -> sizes.put(b.name(), b.size()));
        return new DimBindings(sizes);
    }

    /// What the user gave.
    ///
    /// @throws LatheException when the model has no such free dimension
    DimBindings givenFor(Model model) throws LatheException {
        DimBindings bindings = given();
        if (!bindings.sizes().isEmpty()) {
            Set<String> free = Analysis.of(model, DimBindings.NONE, JobContext.quiet())
                    .freeDims()
                    .keySet();
            for (String name : bindings.sizes().keySet()) {
                if (!free.contains(name)) {
                    throw new LatheException(Diagnostic.error(
                            "unknown-dim",
                            "the model has no free dimension '" + name + "'; it has "
                                    + (free.isEmpty() ? "none." : String.join(", ", free) + "."),
                            new Place.AtOption("--dim")));
                }
            }
        }
        return bindings;
    }

    /// What the user gave, and an assumed size for every other free dimension.
    DimBindings complete(Model model) throws LatheException {
        return DefaultDims.complete(model, givenFor(model));
    }
}
