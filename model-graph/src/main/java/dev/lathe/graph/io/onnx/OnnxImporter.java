package dev.lathe.graph.io.onnx;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.ModelImporter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;

/// Opens ONNX files of any IR version and operator set. The file is mapped and its structure walked; the
/// bytes of tensors stay where they are.
public final class OnnxImporter implements ModelImporter {
    static final String FORMAT = "ONNX";

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public List<String> extensions() {
        return List.of("onnx");
    }

    /// ONNX has no magic number: the head must walk as ModelProto, field by field with the right wire types.
    @Override
    public int probe(Path file, MemorySegment head, long fileSize) {
        boolean version = false;
        boolean graph = false;
        boolean opset = false;
        WireReader r = WireReader.of(head);
        try {
            while (r.next()) {
                switch (r.field()) {
                    case Proto.ModelField.IR_VERSION -> {
                        long ir = r.varint();
                        if (ir < 0 || ir > 1000) {
                            return 0;
                        }
                        version = true;
                    }
                    case Proto.ModelField.MODEL_VERSION -> r.varint();
                    case Proto.ModelField.GRAPH -> {
                        graph = true;
                        WireReader inner = r.message();
                        if (inner.next() && inner.field() > 16 && inner.field() < 1000) {
                            return 0;
                        }
                    }
                    case Proto.ModelField.OPSET_IMPORT -> {
                        opset = true;
                        r.skip();
                    }
                    case Proto.ModelField.PRODUCER_NAME, Proto.ModelField.PRODUCER_VERSION -> {
                        // Other protobuf formats that begin with a version have a message here.
                        if (r.string().chars().anyMatch(Character::isISOControl)) {
                            return 0;
                        }
                    }
                    case Proto.ModelField.DOMAIN,
                            Proto.ModelField.DOC,
                            Proto.ModelField.METADATA,
                            Proto.ModelField.TRAINING_INFO,
                            Proto.ModelField.FUNCTIONS,
                            Proto.ModelField.CONFIGURATION -> r.span();
                    default -> {
                        // A field that ONNX may get one day; the numbers of other formats are small.
                        if (!graph && r.field() < 100) {
                            return 0;
                        }
                        r.skip();
                    }
                }
            }
        } catch (WireFault f) {
            boolean inName =
                    r.field() == Proto.ModelField.PRODUCER_NAME || r.field() == Proto.ModelField.PRODUCER_VERSION;
            boolean endlessName = inName && fileSize > head.byteSize();
            if ((!f.isTruncated() || endlessName) && !(version && graph)) {
                return 0;
            }
        }
        if (isText(head)) {
            return 0;
        }
        return graph && (version || opset) ? 95 : version || graph ? 40 : 0;
    }

    /// Text can walk as protobuf by chance; a model always has control characters among its tags and lengths.
    private static boolean isText(MemorySegment head) {
        for (long i = 0; i < Math.min(head.byteSize(), 4096); i++) {
            int b = head.get(ValueLayout.JAVA_BYTE, i) & 0xFF;
            if (b < 9 || b > 13 && b < 32) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Model read(Path file, JobContext context) throws LatheException {
        return MappedWalk.of(file, context, (f, r) -> new ModelReader(Reading.of(f, context)).read(r));
    }
}
