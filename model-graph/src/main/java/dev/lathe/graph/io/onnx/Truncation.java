package dev.lathe.graph.io.onnx;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.nio.file.Path;

/// A file that ends too early: at which byte, of how many that it announces, and inside what.
record Truncation(Path file, WireFault fault, long announced) {

    LatheException toException() {
        String inside = fault.inside().isEmpty() ? "" : ", inside " + fault.inside();
        String of = announced > fault.offset() ? " of " + Bytes.grouped(announced) : "";
        return new LatheException(Diagnostic.error(
                        "file-truncated",
                        "the file is cut off at byte " + Bytes.grouped(fault.offset()) + of + inside + ".",
                        Place.file(file))
                .withRemedy("The copy or download did not finish: fetch the file again."));
    }
}
