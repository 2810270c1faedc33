package dev.lathe.profile.engine.ort;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Messages of the runtime 1.29, as people read them.
class OrtWordsTest {
    @Test
    void anUnknownOperatorIsNamedWithItsNode() {
        assertThat(OrtWords.of("Error code - ORT_INVALID_GRAPH - message: Load model from /m.onnx failed:This is an"
                        + " invalid model. In Node, (\"layer/frob\", Frobnicate, \"\", -1) : (\"x\": tensor(float),) ->"
                        + " (\"y\": tensor(float),) , Error No Op registered for Frobnicate with domain_version of 13"))
                .isEqualTo("it has no operator Frobnicate (opset 13), which node 'layer/frob' needs.");
        assertThat(OrtWords.of("Error code - ORT_FAIL - message: Load model from /m.onnx failed:Fatal error:"
                        + " onnx.brevitas:Quant(-1) is not a registered function/op"))
                .isEqualTo("it has no operator onnx.brevitas:Quant, and the model does not define it.");
    }

    @Test
    void anOperatorWithoutAKernelIsNamedWithItsNode() {
        assertThat(OrtWords.of("Error code - ORT_NOT_IMPLEMENTED - message: Could not find an implementation for"
                        + " Conv(11) node with name 'layer/c'"))
                .isEqualTo("it has no kernel for operator Conv (version 11) with the types of node 'layer/c'.");
    }

    @Test
    void aDeviceThatLacksAKernelIsToldInPlainWords() {
        assertThat(OrtWords.of("Error code - ORT_FAIL - message: This session contains graph nodes that are assigned to"
                        + " the default CPU EP, but fallback to CPU EP has been explicitly disabled by the user."))
                .isEqualTo("the device has no kernel for one of its nodes.");
    }

    @Test
    void aNodeThatFailsIsNamedAndTheRuntimesSourcesAreNot() {
        assertThat(OrtWords.of(
                        "Error code - ORT_FAIL - message: Non-zero status code returned while running Reshape node."
                                + " Name:'layer/rs' Status Message:"
                                + " /onnxruntime_src/onnxruntime/core/providers/cpu/tensor/reshape_helper.h:91"
                                + " onnxruntime::ReshapeHelper::ReshapeHelper(const onnxruntime::TensorShape&,"
                                + " onnxruntime::TensorShapeVector&, bool) input_shape_size == requested_shape_size"
                                + " was false. The input tensor cannot be reshaped to the requested shape. Input"
                                + " shape:{2,3}, requested shape:{4,4}\n"))
                .isEqualTo("node 'layer/rs' (Reshape): The input tensor cannot be reshaped to the requested shape."
                        + " Input shape:{2,3}, requested shape:{4,4}");
        assertThat(OrtWords.of("Non-zero status code returned while running MatMul node. Name:'layer/mm' Status"
                        + " Message: matmul_helper.h:59 Compute MatMul dimension mismatch"))
                .isEqualTo("node 'layer/mm' (MatMul): MatMul dimension mismatch");
        assertThat(OrtWords.of("Non-zero status code returned while running MatMul node. Name:'layer/mm' Status"
                        + " Message: /onnxruntime_src/include/onnxruntime/core/framework/op_kernel_context.h:42 const"
                        + " T* onnxruntime::OpKernelContext::Input(int) const [with T = onnxruntime::Tensor] Missing"
                        + " Input: z\n"))
                .isEqualTo("node 'layer/mm' (MatMul): Missing Input: z");
    }

    @Test
    void aModelThatIsTooNewIsToldWithoutFileNames() {
        assertThat(OrtWords.of("Load model from /m.onnx failed:/onnxruntime_src/onnxruntime/core/graph/"
                        + "model_load_utils.h:46 void onnxruntime::model_load_utils::ValidateOpsetForDomain(const"
                        + " std::unordered_map<std::__cxx11::basic_string<char>, int>&, const"
                        + " onnxruntime::logging::Logger&, bool, const std::string&, int) ONNX Runtime only"
                        + " *guarantees* support for models stamped with official released onnx opset versions."))
                .startsWith("ONNX Runtime only *guarantees* support");
    }

    @Test
    void aShapeErrorAtOpeningNamesTheNode() {
        assertThat(OrtWords.of("Load model from /m.onnx failed:Node (layer/mm) Op (MatMul) [ShapeInferenceError]"
                        + " Incompatible dimensions for matrix multiplication"))
                .isEqualTo("node 'layer/mm' (MatMul): Incompatible dimensions for matrix multiplication");
    }

    @Test
    void whatIsNotKnownStaysAsItIsInOneLine() {
        assertThat(OrtWords.of("Error code - ORT_FAIL - message: something\n new"))
                .isEqualTo("something new");
    }
}
