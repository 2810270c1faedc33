package dev.lathe.app.sweep;

import dev.lathe.app.project.SweepState;
import dev.lathe.profile.sweep.Sweep;
import dev.lathe.profile.sweep.SweepLines;
import dev.lathe.profile.sweep.SweepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A sweep as text for other programs.
final class SweepText {
    private SweepText() {}

    /// The lines that `lathe run --resume` writes, and goes on from.
    ///
    /// @param model the file that was measured
    /// @throws IOException when that cannot be looked at
    static String lines(SweepState s, Path model) throws IOException {
        StringBuilder out = new StringBuilder(SweepLines.head(model, s.plan())).append('\n');
        s.results().forEach(r -> out.append(SweepLines.line(r)).append('\n'));
        return out.toString();
    }

    /// RFC 4180, a line for each point that was measured or failed.
    static String csv(SweepState s) {
        List<String> names = new ArrayList<>(s.axes().sizes().keySet());
        StringBuilder out = new StringBuilder();
        names.forEach(n -> out.append(quoted(n)).append(','));
        out.append("threads,streams,runs,p50_ms,p90_ms,runs_per_second,items_per_second,peak_memory_bytes,failed\r\n");
        for (SweepResult r : s.results()) {
            names.forEach(n -> out.append(r.point().dims().sizes().get(n)).append(','));
            out.append(r.point().threads()).append(',');
            out.append(r.point().streams()).append(',');
            switch (r) {
                case SweepResult.Measured m ->
                    out.append(String.format(
                            Locale.ROOT,
                            "%d,%.6f,%.6f,%.3f,%.3f,%d,",
                            m.runs(),
                            m.p50().toNanos() / 1e6,
                            m.p90().toNanos() / 1e6,
                            m.throughputPerSecond(),
                            Sweep.itemsPerSecond(m, s.axes()),
                            m.peakBytes()));
                case SweepResult.Failed f -> out.append(",,,,,,").append(quoted(f.why()));
            }
            out.append("\r\n");
        }
        return out.toString();
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
