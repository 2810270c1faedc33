package dev.lathe.profile.memory;

import dev.lathe.graph.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The sizes of a kernel's results, from the text in which the engine tells them: `float[1,128] int64[2]`.
final class KernelShapes {
    private static final Pattern TENSOR = Pattern.compile("(\\w+)\\[([0-9,]*)]");

    private KernelShapes() {}

    /// Bytes of each; empty for an element type that has no size.
    static List<OptionalLong> bytes(String text) {
        List<OptionalLong> sizes = new ArrayList<>();
        Matcher m = TENSOR.matcher(text);
        while (m.find()) {
            long count = 1;
            for (String extent : m.group(2).split(",")) {
                count *= extent.isEmpty() ? 1 : Long.parseLong(extent);
            }
            long elements = count;
            sizes.add(DType.ofText(name(m.group(1)))
                    .filter(d -> d != DType.STRING)
                    .map(d -> OptionalLong.of(d.bytesFor(elements)))
                    .orElse(OptionalLong.empty()));
        }
        return sizes;
    }

    private static String name(String engines) {
        return switch (engines) {
            case "float" -> "float32";
            case "double" -> "float64";
            default -> engines;
        };
    }
}
