package dev.lathe.optimize.check;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.DType;
import dev.lathe.profile.engine.HostTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes a tensor as a NumPy file (format 1.0). Types that NumPy has not are widened or kept as bytes:
/// bfloat16 as uint16, types of 8-bit floats as uint8.
public final class NpyFile {
    private static final int ALIGNMENT = 64;
    private static final int BEFORE_HEADER = 10;
    private static final long CHUNK = 64L << 20;

    private NpyFile() {}

    /// Whether there is a type for it: strings and types below 8 bits have none.
    public static boolean canHold(HostTensor t) {
        return type(t.dtype()).isPresent() && t.strings().isEmpty();
    }

    /// @throws LatheException when the file cannot be written
    public static void write(HostTensor t, Path file) throws LatheException {
        String shape = t.dims().stream().map(String::valueOf).collect(Collectors.joining(", "));
        String header = "{'descr': '" + type(t.dtype()).orElseThrow() + "', 'fortran_order': False, 'shape': (" + shape
                + (t.dims().size() == 1 ? "," : "") + "), }";
        int padded = (BEFORE_HEADER + header.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - BEFORE_HEADER;
        ByteBuffer head = ByteBuffer.allocate(BEFORE_HEADER + padded)
                .put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0)
                .put((byte) padded)
                .put((byte) (padded >> 8))
                .put(header.getBytes(StandardCharsets.US_ASCII));
        while (head.position() < head.capacity() - 1) {
            head.put((byte) ' ');
        }
        head.put((byte) '\n').flip();
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            all(out, head);
            for (long at = 0; at < t.bytes().byteSize(); at += CHUNK) {
                long length = Math.min(CHUNK, t.bytes().byteSize() - at);
                all(out, t.bytes().asSlice(at, length).asByteBuffer());
            }
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                            FileReason.codeOfWriting(e),
                            "cannot be written (" + FileReason.of(e) + ").",
                            Place.file(file)),
                    e);
        }
    }

    private static void all(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static Optional<String> type(DType dtype) {
        return Optional.ofNullable(
                switch (dtype) {
                    case FLOAT32 -> "<f4";
                    case FLOAT64 -> "<f8";
                    case FLOAT16 -> "<f2";
                    case BFLOAT16, UINT16 -> "<u2";
                    case INT8 -> "|i1";
                    case UINT8, FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0 -> "|u1";
                    case BOOL -> "|b1";
                    case INT16 -> "<i2";
                    case INT32 -> "<i4";
                    case UINT32 -> "<u4";
                    case INT64 -> "<i8";
                    case UINT64 -> "<u8";
                    case COMPLEX64 -> "<c8";
                    case COMPLEX128 -> "<c16";
                    case STRING, UINT4, INT4, FLOAT4E2M1, FLOAT6E2M3, FLOAT6E3M2, UINT2, INT2 -> null;
                });
    }
}
