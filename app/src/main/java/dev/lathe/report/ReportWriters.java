package dev.lathe.report;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.io.FilesTogether;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/// All kinds of report files, and the writing of a whole report.
public final class ReportWriters {
    private ReportWriters() {}

    public static List<ReportWriter> all() {
        return ServiceLoader.load(ReportWriter.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(ReportWriter::fileName).reversed())
                .toList();
    }

    /// Writes every kind into `folder`, which is made when it is not there: all of them or none.
    ///
    /// @return the files written
    public static List<Path> write(Report report, Path folder, JobContext context) throws LatheException {
        List<Path> files = new ArrayList<>();
        List<ReportWriter> writers = all();
        try (FilesTogether together = FilesTogether.in(folder)) {
            for (int i = 0; i < writers.size(); i++) {
                context.checkCancelled();
                context.progress(
                        (double) i / writers.size(), "writing " + writers.get(i).fileName());
                try {
                    writers.get(i).write(report, together.folder());
                } catch (LatheException e) {
                    throw together.told(e);
                }
                files.add(folder.resolve(writers.get(i).fileName()));
            }
            together.keep();
        }
        return files;
    }

    /// Writes beside the target, then moves over it: a full disk leaves an old file as it was.
    static void text(Path target, String text) throws LatheException {
        Path part = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            try {
                Files.writeString(part, text);
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                            FileReason.codeOfWriting(e),
                            "The file cannot be written: " + FileReason.of(e) + ".",
                            Place.file(target)),
                    e);
        }
    }
}
