package dev.lathe.app.layers;

import dev.lathe.profile.LayerMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The layers table as text for other programs: CSV (RFC 4180) and tab-separated for the clipboard. Numbers are plain,
/// units stand in the header; unknown is an empty field.
public final class LayersTable {
    private static final List<String> HEADER = List.of(
            "position",
            "layer",
            "ops",
            "output",
            "time_ms",
            "share",
            "time_p90_ms",
            "flop",
            "flop_per_s",
            "ceiling_share",
            "weight_bytes",
            "devices",
            "providers",
            "kernels",
            "threads_used",
            "activation_bytes",
            "output_bytes",
            "arena_bytes");

    private LayersTable() {}

    /// All shown rows in the given order, then what is outside the layers, when that is known.
    public static String csv(LayersState state, List<LayerRow> inOrder) {
        StringBuilder out = new StringBuilder();
        line(out, HEADER);
        inOrder.forEach(r -> line(out, fields(r)));
        state.sums().outside().ifPresent(o -> {
            double share = state.times().share(o);
            line(
                    out,
                    List.of(
                            "",
                            "outside layers",
                            "",
                            "",
                            ms(OptionalLong.of(o.toNanos())),
                            String.format(Locale.ROOT, "%.6f", share),
                            "",
                            "",
                            "",
                            "",
                            "",
                            "",
                            "",
                            "",
                            "",
                            "",
                            "",
                            ""));
        });
        return out.toString();
    }

    /// The given rows for a spreadsheet's paste.
    public static String tabs(List<LayerRow> rows) {
        StringBuilder out = new StringBuilder(String.join("\t", HEADER)).append('\n');
        rows.forEach(r -> out.append(String.join("\t", fields(r))).append('\n'));
        return out.toString();
    }

    private static List<String> fields(LayerRow r) {
        List<String> f = new ArrayList<>();
        f.add(Integer.toString(r.position()));
        f.add(r.layer());
        f.add(String.join(" ", r.ops()));
        f.add(r.output());
        f.add(ms(r.nanos()));
        f.add(r.timing().isPresent() ? String.format(Locale.ROOT, "%.6f", r.share()) : "");
        f.add(ms(r.p90Nanos()));
        f.add(whole(r.flops()));
        f.add(rate(r.rate()));
        f.add(
                r.ceilingShare().isPresent()
                        ? String.format(Locale.ROOT, "%.4f", r.ceilingShare().getAsDouble())
                        : "");
        f.add(whole(r.weightBytes()));
        f.add(r.devices());
        f.add(r.providers());
        f.add(r.kernels());
        f.add(r.timing()
                .flatMap(LayerRow.Timing::threads)
                .map(t -> String.format(Locale.ROOT, "%.2f", t.used()))
                .orElse(""));
        LayerMemory memory = r.timing().map(LayerRow.Timing::memory).orElse(LayerMemory.UNKNOWN);
        f.add(whole(memory.read()));
        f.add(whole(memory.written()));
        f.add(whole(memory.held()));
        return f;
    }

    private static void line(StringBuilder out, List<String> fields) {
        for (int i = 0; i < fields.size(); i++) {
            String f = fields.get(i);
            boolean quote = f.contains(",") || f.contains("\"") || f.contains("\n") || f.contains("\r");
            out.append(i == 0 ? "" : ",").append(quote ? '"' + f.replace("\"", "\"\"") + '"' : f);
        }
        out.append("\r\n");
    }

    private static String ms(OptionalLong nanos) {
        return nanos.isPresent() ? String.format(Locale.ROOT, "%.6f", nanos.getAsLong() / 1e6) : "";
    }

    private static String whole(OptionalLong n) {
        return n.isPresent() ? Long.toString(n.getAsLong()) : "";
    }

    private static String rate(OptionalDouble r) {
        return r.isPresent() ? String.format(Locale.ROOT, "%.0f", r.getAsDouble()) : "";
    }
}
