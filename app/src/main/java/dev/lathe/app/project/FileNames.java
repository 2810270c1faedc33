package dev.lathe.app.project;

/// What files made from a variant are called: after the opened file and, where it is not the original, the variant.
public final class FileNames {
    private FileNames() {}

    /// Without an ending, e.g. `minilm-int8-dynamic`.
    public static String of(Project p, Variant v) {
        String base = p.file()
                .map(f -> String.valueOf(f.path().getFileName()).replaceFirst("\\.[^.]*$", ""))
                .orElse("model");
        return v.isSource() ? base : base + "-" + v.name().replaceAll("[^\\p{L}\\p{N}.-]+", "-");
    }
}
