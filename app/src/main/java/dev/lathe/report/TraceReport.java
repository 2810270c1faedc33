package dev.lathe.report;

import dev.lathe.core.LatheException;
import java.nio.file.Path;

/// `trace.json`: the kernels of one profiled run of the original and of every variant, the quickest of each, in
/// the format of [TraceEvents].
public final class TraceReport implements ReportWriter {
    @Override
    public String fileName() {
        return "trace.json";
    }

    @Override
    public String description() {
        return "The kernels of one run on a time line, for Perfetto";
    }

    @Override
    public void write(Report report, Path folder) throws LatheException {
        TraceEvents events = new TraceEvents();
        for (ReportVariant v : report.variants()) {
            v.run()
                    .ifPresent(r -> events.add(
                            report.title() + " · " + v.name(),
                            v.analysis().model().graph(),
                            r));
        }
        ReportWriters.text(folder.resolve(fileName()), events.json());
    }
}
