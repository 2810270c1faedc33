package dev.lathe.graph.io.onnx;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Attr;
import dev.lathe.graph.Attrs;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.io.ModelExporter;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Writes ONNX. Lengths are computed first, then structure and weights are streamed; the target appears, or
/// is replaced, only when all is written. Tensors that were external, and all large ones of a model of 2 GB
/// or more, go to `<target>.data` beside it, or to `<target>.1.data` where that is another model's. The target may be
/// the very file that the model was read from.
public final class OnnxExporter implements ModelExporter {
    /// protobuf's limit is 2 GiB; the margin is for structure around the weights.
    private static final long LARGEST_IN_ONE_FILE = Integer.MAX_VALUE - (64L << 20);

    private final long largestInOneFile;
    private final Opening opening;

    /// How the temporary files are opened; tests put a disk that fills up here.
    @FunctionalInterface
    interface Opening {
        FileChannel open(Path file) throws IOException;
    }

    public OnnxExporter() {
        this(
                LARGEST_IN_ONE_FILE,
                file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    OnnxExporter(long largestInOneFile, Opening opening) {
        this.largestInOneFile = largestInOneFile;
        this.opening = opening;
    }

    @Override
    public String format() {
        return OnnxImporter.FORMAT;
    }

    @Override
    public void write(Model model, Path target, JobContext context) throws LatheException {
        Path file = destination(target);
        DataFile data = new DataFile(DataPlace.name(model, file, context));
        boolean allExternal = weightBytes(model) > largestInOneFile;
        WireWriter message = new ModelWriter(new TensorWriter(data, allExternal), context).write(model);
        if (message.size() > Integer.MAX_VALUE) {
            throw new LatheException(Diagnostic.error(
                    "model-too-large",
                    "the model without its external weights takes " + Bytes.grouped(message.size())
                            + " bytes, more than an ONNX file can hold",
                    Place.file(target)));
        }
        long total = message.size() + data.size();
        try (Replacement modelFile = new Replacement(file);
                Replacement dataPlace = new Replacement(file.resolveSibling(data.name()))) {
            try {
                double share = total == 0 ? 0 : (double) data.size() / total;
                if (!data.isEmpty()) {
                    stream(dataPlace, data.size(), context.part(0, share), s -> s.dataFile(data));
                }
                stream(modelFile, message.size(), context.part(share, 1), s -> s.message(message));
                context.checkCancelled();
                if (data.isEmpty()) {
                    modelFile.takePlace();
                } else {
                    takeBothPlaces(dataPlace, modelFile);
                }
            } catch (ClosedByInterruptException e) {
                throw new JobCancelledException();
            } catch (IOException e) {
                throw failed(target, total, e);
            }
        }
    }

    private static void takeBothPlaces(Replacement data, Replacement model) throws IOException {
        try {
            data.takePlaceKeepingOld();
            model.takePlace();
        } catch (IOException e) {
            data.restore();
            throw e;
        }
    }

    @FunctionalInterface
    private interface Content {
        void to(WeightStream stream) throws IOException;
    }

    private void stream(Replacement file, long size, JobContext context, Content content) throws IOException {
        try (FileChannel channel = opening.open(file.temporary())) {
            content.to(new WeightStream(channel, size, context));
            if (file.replaces()) {
                // A crash right after the move must not leave an empty file where a good one was.
                channel.force(true);
            }
        }
    }

    private static Path destination(Path target) throws LatheException {
        Path absolute = target.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        if (folder == null || Files.isDirectory(absolute)) {
            throw cannotWrite(target, "there is a folder of that name");
        }
        if (!Files.isDirectory(folder)) {
            throw cannotWrite(target, "the folder '" + folder + "' does not exist");
        }
        try {
            // Through a link, the file that it points to is replaced, not the link.
            return Files.isSymbolicLink(absolute) && Files.exists(absolute) ? absolute.toRealPath() : absolute;
        } catch (IOException e) {
            throw cannotWrite(target, Bytes.reason(e));
        }
    }

    private static LatheException cannotWrite(Path target, String why) {
        return new LatheException(
                Diagnostic.error("cannot-write", "the file cannot be written (" + why + ")", Place.file(target)));
    }

    private static LatheException failed(Path target, long total, IOException e) {
        String reason = Bytes.reason(e);
        if (FileReason.isFullDisk(e)) {
            return new LatheException(
                    Diagnostic.error(
                                    "disk-full",
                                    "the disk is full: the export needs " + Bytes.grouped(total)
                                            + " bytes. What was there before is unchanged.",
                                    Place.file(target))
                            .withRemedy("Free some space or choose another folder."),
                    e);
        }
        return new LatheException(
                Diagnostic.error(
                        "cannot-write",
                        "the file cannot be written (" + reason + "); what was there before is unchanged",
                        Place.file(target)),
                e);
    }

    private static long weightBytes(Model model) {
        long[] sum = {0};
        model.graph().forEachGraph(g -> sum[0] += inside(g));
        model.functions().forEach(f -> f.body().forEachGraph(g -> sum[0] += inside(g)));
        return sum[0];
    }

    private static long inside(Graph graph) {
        long sum = 0;
        for (Tensor t : graph.initializers().values()) {
            sum += ExternalMark.isOn(t.extra()) ? 0 : t.data().byteSize();
        }
        // These stay inside the model whatever becomes of the others, so they take room from them.
        for (Node n : graph.nodes()) {
            for (Attrs.Entry a : n.attrs().entries()) {
                sum += a.value() instanceof Attr.TensorAttr(Tensor t) ? t.data().byteSize() : 0;
            }
        }
        return sum;
    }
}
