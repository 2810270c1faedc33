package dev.lathe.report;

import dev.lathe.core.LatheException;
import java.nio.file.Path;

/// Writes one kind of file of a report into a folder. Registered as a service: a new kind is one class and
/// one line.
public interface ReportWriter {
    /// The file's name in the folder, e.g. `report.html`.
    String fileName();

    /// What it is, for people.
    String description();

    /// Writes the file.
    ///
    /// @throws LatheException when the folder cannot be written
    void write(Report report, Path folder) throws LatheException;
}
