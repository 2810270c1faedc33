package dev.lathe.profile.engine.ort;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import dev.lathe.graph.DType;
import dev.lathe.profile.engine.HostTensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrtTensorsTest {
    @ParameterizedTest
    @EnumSource(
            names = {"FLOAT32", "FLOAT64", "FLOAT16", "BFLOAT16", "INT64", "INT32", "INT16", "INT8", "UINT8", "BOOL"})
    void aTensorComesBackWithTheTypeAndBytesItWentInWith(DType dtype) throws Exception {
        OrtNatives.install();
        byte[] content = new byte[(int) dtype.bytesFor(4)];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (dtype == DType.BOOL ? i & 1 : i);
        }
        HostTensor there = HostTensor.of(dtype, List.of(2L, 2L), MemorySegment.ofArray(content));
        try (OnnxTensor tensor = OrtTensors.toOrt(OrtEnvironment.getEnvironment(), there)) {
            HostTensor back = OrtTensors.toHost(tensor);
            assertThat(back.dtype()).isEqualTo(dtype);
            assertThat(back.dims()).containsExactly(2L, 2L);
            assertThat(back.bytes().mismatch(there.bytes())).isEqualTo(-1);
        }
    }
}
