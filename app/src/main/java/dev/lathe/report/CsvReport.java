package dev.lathe.report;

import dev.lathe.core.LatheException;
import java.nio.file.Path;

/// `layers.csv`: the layers of the original and of every variant with their costs and times.
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
        StringBuilder lines = new StringBuilder(LayersCsv.header());
        report.variants().forEach(v -> lines.append(LayersCsv.lines(v.name(), v.analysis(), v.run())));
        ReportWriters.text(folder.resolve(fileName()), lines.toString());
    }
}
