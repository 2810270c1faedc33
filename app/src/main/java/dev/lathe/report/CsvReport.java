package dev.lathe.report;

import dev.lathe.core.LatheException;
import java.nio.file.Path;

/// `layers.csv`: the original's layers with their costs and times.
public final class CsvReport implements ReportWriter {
    @Override
    public String fileName() {
        return "layers.csv";
    }

    @Override
    public String description() {
        return "Every layer with its cost and time, for spreadsheets";
    }

    @Override
    public void write(Report report, Path folder) throws LatheException {
        ReportVariant v = report.original();
        ReportWriters.text(folder.resolve(fileName()), LayersCsv.text(v.analysis(), v.run()));
    }
}
