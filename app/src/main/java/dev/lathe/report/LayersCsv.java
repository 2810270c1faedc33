package dev.lathe.report;

import dev.lathe.graph.Dim;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.LayerMemory;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.ProfileRun;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// The layers of one or more models as comma-separated values (RFC 4180): one header with the units, one line per
/// node. `model` names the variant, or the file. Unknown amounts are empty cells. See [#named] for names that look like
/// formulas.
public final class LayersCsv {
    private static final List<String> COLUMNS = List.of(
            "model",
            "index",
            "node",
            "op",
            "output_shape",
            "macs",
            "flops",
            "bytes_read",
            "bytes_written",
            "parameters",
            "time_ms",
            "time_p50_ms",
            "time_p90_ms",
            "share",
            "shared",
            "estimate",
            "device",
            "provider",
            "threads_used",
            "kernels",
            "activation_bytes",
            "output_bytes",
            "arena_bytes");

    private LayersCsv() {}

    /// The first line.
    public static String header() {
        return String.join(",", COLUMNS) + '\n';
    }

    /// The lines of one model.
    public static String lines(String model, Analysis analysis, Optional<ProfileRun> run) {
        return lines(model, LayerRow.of(analysis, run), run);
    }

    /// The lines of one model with all nodes, those of bodies and functions too: what these cost is part of what the
    /// nodes cost that run them.
    public static String everywhere(String model, Analysis analysis) {
        return lines(model, LayerRow.everywhere(analysis), Optional.empty());
    }

    private static String lines(String model, List<LayerRow> rows, Optional<ProfileRun> run) {
        StringBuilder b = new StringBuilder();
        String name = named(model) + ',';
        int index = 0;
        for (LayerRow row : rows) {
            Optional<OpStats> m = row.measured();
            b.append(name).append(index++).append(',');
            b.append(named(row.shownName())).append(',');
            b.append(named(row.node().qualifiedOp())).append(',');
            b.append(named(row.outputShape())).append(',');
            b.append(amount(row.cost().macs())).append(',');
            b.append(amount(row.cost().flops())).append(',');
            b.append(amount(row.cost().bytesRead())).append(',');
            b.append(amount(row.cost().bytesWritten())).append(',');
            b.append(amount(row.cost().parameters())).append(',');
            b.append(m.map(s -> millis(s.typical())).orElse("")).append(',');
            b.append(m.map(s -> millis(s.p50())).orElse("")).append(',');
            b.append(m.map(s -> millis(s.p90())).orElse("")).append(',');
            b.append(m.map(s -> String.format(Locale.ROOT, "%.6f", s.share())).orElse(""))
                    .append(',');
            b.append(m.map(s -> s.shared() + "," + s.estimate()).orElse(",")).append(',');
            b.append(named(m.flatMap(s -> run.flatMap(r -> r.deviceOf(s))).orElse("")))
                    .append(',');
            b.append(named(m.map(OpStats::provider).orElse(""))).append(',');
            b.append(m.flatMap(OpStats::threads)
                            .map(t -> String.format(Locale.ROOT, "%.2f", t.used()))
                            .orElse(""))
                    .append(',');
            b.append(named(m.map(s -> String.join(" ", s.kernels())).orElse("")))
                    .append(',');
            LayerMemory memory = m.map(OpStats::memory).orElse(LayerMemory.UNKNOWN);
            b.append(bytes(memory.read())).append(',');
            b.append(bytes(memory.written())).append(',');
            b.append(bytes(memory.held())).append('\n');
        }
        return b.toString();
    }

    private static String amount(Dim amount) {
        return LayerRow.known(amount).map(String::valueOf).orElse("");
    }

    private static String bytes(OptionalLong known) {
        return known.isPresent() ? Long.toString(known.getAsLong()) : "";
    }

    private static String millis(Duration d) {
        return String.format(Locale.ROOT, "%.6f", d.toNanos() / 1e6);
    }

    /// A name as a cell. One that a spreadsheet would take for a formula gets an apostrophe in front, which marks
    /// text there; so does one that begins with an apostrophe, so that dropping the first gives every name back.
    static String named(String name) {
        return quoted(name.isEmpty() || "=+-@\t\r\n'".indexOf(name.charAt(0)) < 0 ? name : "'" + name);
    }

    private static String quoted(String text) {
        if (text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
            return text;
        }
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
