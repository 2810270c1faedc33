package dev.lathe.graph.io.text;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.ModelImporter;
import dev.lathe.graph.text.GraphText;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Opens models written as [GraphText]: small ones written by hand, bug reports, whole models whose constants were
/// printed too. What is exported of them is a file of the format that the text names, ONNX.
public final class TextImporter implements ModelImporter {
    private static final byte[] BEGINNING = "model \"".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String format() {
        return "Lathe graph text";
    }

    @Override
    public List<String> extensions() {
        return List.of("graph");
    }

    @Override
    public int probe(Path file, MemorySegment head, long fileSize) {
        if (head.byteSize() < BEGINNING.length) {
            return 0;
        }
        for (int i = 0; i < BEGINNING.length; i++) {
            if (head.get(ValueLayout.JAVA_BYTE, i) != BEGINNING[i]) {
                return 0;
            }
        }
        return 100;
    }

    @Override
    public Model read(Path file, JobContext context) throws LatheException {
        try {
            return GraphText.parse(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new LatheException(Diagnostic.error("not-a-model", "the text is not UTF-8", Place.file(file)), e);
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error("cannot-read", "cannot be read (" + FileReason.of(e) + ").", Place.file(file)), e);
        }
    }
}
