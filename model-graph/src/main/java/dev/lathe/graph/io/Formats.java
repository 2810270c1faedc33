package dev.lathe.graph.io;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// All file formats that are registered as services: opens a file by what is in it, and exports a model.
public final class Formats {
    private static final int HEAD = 64 * 1024;

    private Formats() {}

    /// Every registered importer.
    public static List<ModelImporter> importers() {
        return ServiceLoader.load(ModelImporter.class, Formats.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /// Every registered exporter.
    public static List<ModelExporter> exporters() {
        return ServiceLoader.load(ModelExporter.class, Formats.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /// Opens a model file of any format; the extension does not matter. Whatever is wrong, the message names
    /// the file.
    ///
    /// @throws LatheException when there is no such file, it is empty, no model, or broken
    public static Model open(Path file, JobContext context) throws LatheException {
        try {
            return read(file, context);
        } catch (LatheException e) {
            Diagnostic d = e.diagnostic();
            if (d.place().words().contains(file.toString())) {
                throw e;
            }
            throw new LatheException(d.at(new Place.Within(file, d.place())), e);
        }
    }

    private static Model read(Path file, JobContext context) throws LatheException {
        if (Files.isDirectory(file)) {
            throw error("not-a-model", "this is a folder, not a model file", file, "Choose the file inside it.");
        }
        if (!Files.exists(file)) {
            throw error("file-missing", "there is no such file", file, "Check the name.");
        }
        if (!Files.isRegularFile(file)) {
            // A pipe or a device would let us wait for ever.
            throw error("not-a-model", "this is not a plain file", file, "Copy it to a file first.");
        }
        MemorySegment head;
        long size;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            size = channel.size();
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(HEAD, size));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                context.checkCancelled();
            }
            head = MemorySegment.ofBuffer(bytes.flip()).asReadOnly();
        } catch (ClosedByInterruptException e) {
            throw new JobCancelledException();
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error("cannot-read", "the file cannot be read", Place.file(file))
                            .withRemedy("Check its permissions."),
                    e);
        }
        if (head.byteSize() == 0) {
            throw error(
                    "file-empty",
                    "the file is empty (0 bytes).",
                    file,
                    "The copy or download did not finish: fetch the file again.");
        }
        Optional<ModelImporter> best = best(file, head, size);
        if (best.isEmpty()) {
            throw notAModel(file, head);
        }
        return best.get().read(file, context);
    }

    private static LatheException notAModel(Path file, MemorySegment head) {
        Optional<PyTorchArchive> torch = pyTorch(file, head);
        String guess = torch.map(PyTorchArchive::words).orElseGet(() -> FileGuess.of(head));
        return error(
                "not-a-model",
                "this is not a model in a format that Lathe reads; it seems to be " + guess + ".",
                file,
                torch.map(t -> t.remedy().replace("FILE", String.valueOf(file.getFileName())) + " ")
                                .orElse("") + "Lathe reads: "
                        + String.join(
                                ", ",
                                importers().stream().map(ModelImporter::format).toList())
                        + ".");
    }

    private static Optional<PyTorchArchive> pyTorch(Path file, MemorySegment head) {
        boolean zip = head.byteSize() > 1 && head.get(JAVA_BYTE, 0) == 'P' && head.get(JAVA_BYTE, 1) == 'K';
        try {
            return zip ? PyTorchArchive.of(file) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<ModelImporter> best(Path file, MemorySegment head, long size) {
        Optional<ModelImporter> best = Optional.empty();
        int bestScore = 0;
        for (ModelImporter importer : importers()) {
            int score = importer.probe(file, head, size);
            if (score > bestScore) {
                best = Optional.of(importer);
                bestScore = score;
            }
        }
        return best;
    }

    /// Writes the model in its own format, or in ONNX when nothing registered writes that.
    ///
    /// @throws LatheException when the target cannot be written; an old target is then unchanged
    public static void export(Model model, Path target, JobContext context) throws LatheException {
        export(model, target, WeightPlacement.keep(), context);
    }

    /// As above, with the weights placed as asked for.
    ///
    /// @throws LatheException when the target cannot be written; an old target is then unchanged
    public static void export(Model model, Path target, WeightPlacement weights, JobContext context)
            throws LatheException {
        exporter(model).write(model, target, weights, context);
    }

    /// As above, over the very file that the model was made from. Its data files are written over as well, where the
    /// new ones take their names, so that a model that is changed again and again does not gather them.
    ///
    /// @throws LatheException when the file cannot be written; it is then unchanged
    public static void replace(Path file, Model model, WeightPlacement weights, JobContext context)
            throws LatheException {
        exporter(model).replace(file, model, weights, context);
    }

    /// Writes a model that was made from what is in `opened`: over that file when `target` is it, as [#replace], else
    /// as [#export].
    ///
    /// @throws LatheException when the target cannot be written; an old target is then unchanged
    public static void save(Model model, Path opened, Path target, WeightPlacement weights, JobContext context)
            throws LatheException {
        if (isSame(opened, target)) {
            replace(target, model, weights, context);
        } else {
            export(model, target, weights, context);
        }
    }

    /// Whether both are one file, perhaps by links; one that is not there yet is none.
    public static boolean isSame(Path a, Path b) {
        try {
            return Files.isSameFile(a, b);
        } catch (IOException notThereYet) {
            return false;
        }
    }

    private static ModelExporter exporter(Model model) {
        List<ModelExporter> exporters = exporters();
        return exporters.stream()
                .filter(e -> e.format().equals(model.format()))
                .findFirst()
                .or(() -> exporters.stream()
                        .filter(e -> e.format().equals("ONNX"))
                        .findFirst())
                .orElseThrow(() -> new IllegalStateException("no exporter is registered"));
    }

    private static LatheException error(String code, String message, Path file, String remedy) {
        return new LatheException(
                Diagnostic.error(code, message, Place.file(file)).withRemedy(remedy));
    }
}
