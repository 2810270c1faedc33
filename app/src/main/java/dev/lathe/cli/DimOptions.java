package dev.lathe.cli;

import dev.lathe.core.JobContext;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.profile.DefaultDims;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `--dim NAME=N`, on every command that needs sizes for a model's free dimensions.
final class DimOptions {
    @Option(
            names = "--dim",
            paramLabel = "NAME=N",
            converter = Binding.Converter.class,
            description = "Size of a free dimension, e.g. --dim batch=1. Repeatable. Others get an assumed size, which is said.")
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

    /// What the user gave, and an assumed size for every other free dimension.
    DimBindings complete(Model model, JobContext job) {
        Map<String, Long> sizes = new LinkedHashMap<>(DefaultDims.choose(model).sizes());
        sizes.putAll(given().sizes());
        return new DimBindings(sizes);
    }
}
