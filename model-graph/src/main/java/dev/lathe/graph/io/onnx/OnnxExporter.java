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
import dev.lathe.graph.data.Weights;
import dev.lathe.graph.io.ModelExporter;
import dev.lathe.graph.io.WeightPlacement;
import dev.lathe.graph.io.WeightPlacement.Division;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Writes ONNX. Lengths are computed first, then structure and weights are streamed; the target appears, or
/// is replaced, only when all is written. External tensors go to `<target>.data` beside it, or to `<target>.1.data`
/// where that is another model's; unless asked otherwise, these are those that were external and all large ones of a
/// model of 2 GB or more. The target may be the very file that the model was read from.
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
    public void write(Model model, Path target, WeightPlacement weights, JobContext context) throws LatheException {
        write(model, target, model.source(), weights, context);
    }

    @Override
    public void replace(Path file, Model model, WeightPlacement weights, JobContext context) throws LatheException {
        write(model, file, Optional.of(file), weights, context);
    }

    /// @param madeFrom the file that the model was made from, where that is known
    private void write(Model model, Path target, Optional<Path> madeFrom, WeightPlacement weights, JobContext context)
            throws LatheException {
        Path file = destination(target);
        long size = 0;
        ExternalChoice external = ExternalChoice.of(weights, weightBytes(model) > largestInOneFile);
        try (Replacements files = new Replacements()) {
            Export export = laidOut(model, file, madeFrom, weights, external, DataChecksums.unknown(), context);
            if (export.checksums().areMissing()) {
                DataChecksums sums = DataChecksums.of(export.data(), context);
                export = laidOut(model, file, madeFrom, weights, external, sums, context);
            }
            if (export.message().size() > Integer.MAX_VALUE) {
                throw tooLarge(weights, export.message().size(), target);
            }
            size = export.size();
            stream(export, files, context);
            context.checkCancelled();
            files.takePlaces();
        } catch (ClosedByInterruptException e) {
            throw new JobCancelledException();
        } catch (IOException e) {
            throw failed(target, size, e);
        } catch (InternalError e) {
            throw shorter(model, target, e);
        }
    }

    /// Small weights are copied already here.
    private static Export laidOut(
            Model model,
            Path file,
            Optional<Path> madeFrom,
            WeightPlacement weights,
            ExternalChoice external,
            DataChecksums checksums,
            JobContext context)
            throws LatheException {
        DataFiles data = new DataFiles(division(weights), new DataPlace(model, madeFrom, file, context));
        TensorWriter tensors = new TensorWriter(data, external, checksums);
        return new Export(file, new ModelWriter(tensors, context).write(model), data, checksums);
    }

    /// @param e how the JVM reports a page of a mapping that is no longer there
    private static LatheException shorter(Model model, Path target, InternalError e) {
        String which = cutOff(model).map(f -> "'" + f + "'").orElse("a file that the model lies in");
        return failed(target, 0, new IOException(which + " became shorter while it was read", e));
    }

    /// The file of the model's weights that ends before one of them does by now.
    private static Optional<Path> cutOff(Model model) {
        List<Weights.Mapped> mapped = new ArrayList<>();
        model.graph()
                .forEachGraph(g -> g.initializers().values().forEach(t -> {
                    if (t.data() instanceof Weights.Mapped m) {
                        mapped.add(m);
                    }
                }));
        return mapped.stream()
                .filter(m -> m.file().toFile().length() < m.offset() + m.byteSize())
                .map(Weights.Mapped::file)
                .findFirst();
    }

    private static Division division(WeightPlacement weights) {
        return weights instanceof WeightPlacement.External(long minimum, Division files)
                ? files
                : new Division.OneFile();
    }

    private static LatheException tooLarge(WeightPlacement weights, long bytes, Path target) {
        boolean asked = weights instanceof WeightPlacement.Inline;
        Diagnostic d = Diagnostic.error(
                "model-too-large",
                "the model with " + (asked ? "all its weights inside" : "the weights that stay inside") + " takes "
                        + Bytes.grouped(bytes) + " bytes, more than the " + Bytes.grouped(Integer.MAX_VALUE)
                        + " that an ONNX file can hold; nothing was written",
                Place.file(target));
        return new LatheException(asked ? d.withRemedy("Let the large tensors lie in data files beside it.") : d);
    }

    /// What is written: the model's message and the data files beside it.
    private record Export(Path file, WireWriter message, DataFiles data, DataChecksums checksums) {
        long size() {
            return message.size() + data.size();
        }

        Stream<Path> targets() {
            return Stream.concat(Stream.of(file), data.files().stream().map(d -> file.resolveSibling(d.name())));
        }
    }

    private void stream(Export export, Replacements files, JobContext context) throws IOException {
        double total = Math.max(1, export.size());
        long done = 0;
        boolean replaces = export.targets().anyMatch(Files::exists);
        for (DataFile d : export.data().files()) {
            Replacement file = files.add(new Replacement(export.file().resolveSibling(d.name())));
            JobContext part = context.part(done / total, (done + d.size()) / total);
            stream(file, replaces, d.size(), part, s -> s.dataFile(d));
            done += d.size();
        }
        Replacement file = files.add(new Replacement(export.file()));
        JobContext rest = context.part(done / total, 1);
        stream(file, replaces, export.message().size(), rest, s -> s.message(export.message()));
    }

    @FunctionalInterface
    private interface Content {
        void to(WeightStream stream) throws IOException;
    }

    private void stream(Replacement file, boolean replaces, long size, JobContext context, Content content)
            throws IOException {
        try (FileChannel channel = opening.open(file.temporary());
                WeightStream stream = new WeightStream(channel, size, context)) {
            content.to(stream);
            if (replaces) {
                // A crash of the machine right after the moves must not leave an empty file where a good one was, nor
                // beside a model that has its weights there now.
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
                sum += a.value() instanceof Attr.TensorAttr(Tensor t) && !ExternalMark.isOn(t.extra())
                        ? t.data().byteSize()
                        : 0;
            }
        }
        return sum;
    }
}
