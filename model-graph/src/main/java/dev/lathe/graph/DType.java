package dev.lathe.graph;

import java.util.Optional;

/// Element type of a tensor, with ONNX's code (`TensorProto.DataType`), its text name and its size in bits.
public enum DType {
    FLOAT32(1, "float32", 32),
    UINT8(2, "uint8", 8),
    INT8(3, "int8", 8),
    UINT16(4, "uint16", 16),
    INT16(5, "int16", 16),
    INT32(6, "int32", 32),
    INT64(7, "int64", 64),
    STRING(8, "string", 0),
    BOOL(9, "bool", 8),
    FLOAT16(10, "float16", 16),
    FLOAT64(11, "float64", 64),
    UINT32(12, "uint32", 32),
    UINT64(13, "uint64", 64),
    COMPLEX64(14, "complex64", 64),
    COMPLEX128(15, "complex128", 128),
    BFLOAT16(16, "bfloat16", 16),
    FLOAT8E4M3FN(17, "float8e4m3fn", 8),
    FLOAT8E4M3FNUZ(18, "float8e4m3fnuz", 8),
    FLOAT8E5M2(19, "float8e5m2", 8),
    FLOAT8E5M2FNUZ(20, "float8e5m2fnuz", 8),
    UINT4(21, "uint4", 4),
    INT4(22, "int4", 4),
    FLOAT4E2M1(23, "float4e2m1", 4),
    FLOAT8E8M0(24, "float8e8m0", 8),
    UINT2(25, "uint2", 2),
    INT2(26, "int2", 2),
    FLOAT6E2M3(27, "float6e2m3", 6),
    FLOAT6E3M2(28, "float6e3m2", 6);

    private final int onnxCode;
    private final String text;
    private final int bits;

    DType(int onnxCode, String text, int bits) {
        this.onnxCode = onnxCode;
        this.text = text;
        this.bits = bits;
    }

    public int onnxCode() {
        return onnxCode;
    }

    /// Lower-case name as in NumPy where NumPy has one, e.g. `float32`.
    public String text() {
        return text;
    }

    /// Bits of one element; 0 for strings, whose size depends on the content.
    public int bits() {
        return bits;
    }

    /// Bytes that `count` elements take, packed as ONNX packs sub-byte types (rounded up to a whole byte).
    public long bytesFor(long count) {
        return Math.ceilDiv(Math.multiplyExact(count, (long) bits), 8L);
    }

    public boolean isFloat() {
        return switch (this) {
            case FLOAT32,
                    FLOAT64,
                    FLOAT16,
                    BFLOAT16,
                    FLOAT8E4M3FN,
                    FLOAT8E4M3FNUZ,
                    FLOAT8E5M2,
                    FLOAT8E5M2FNUZ,
                    FLOAT4E2M1,
                    FLOAT6E2M3,
                    FLOAT6E3M2,
                    FLOAT8E8M0 -> true;
            case UINT8,
                    INT8,
                    UINT16,
                    INT16,
                    INT32,
                    INT64,
                    STRING,
                    BOOL,
                    UINT32,
                    UINT64,
                    COMPLEX64,
                    COMPLEX128,
                    UINT4,
                    INT4,
                    UINT2,
                    INT2 -> false;
        };
    }

    public static Optional<DType> ofOnnxCode(int code) {
        for (DType d : values()) {
            if (d.onnxCode == code) {
                return Optional.of(d);
            }
        }
        return Optional.empty();
    }

    public static Optional<DType> ofText(String text) {
        for (DType d : values()) {
            if (d.text.equals(text)) {
                return Optional.of(d);
            }
        }
        return Optional.empty();
    }
}
