package dev.lathe.graph.io.onnx;

/// Field numbers of ONNX's messages (onnx.proto), by message; and protobuf's wire types.
final class Proto {
    private Proto() {}

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    /// Deprecated, but some writer may still have it as a field of its own.
    static final int START_GROUP = 3;
    static final int END_GROUP = 4;
    static final int FIXED32 = 5;

    static final class ModelField {
        static final int IR_VERSION = 1;
        static final int PRODUCER_NAME = 2;
        static final int PRODUCER_VERSION = 3;
        static final int DOMAIN = 4;
        static final int MODEL_VERSION = 5;
        static final int DOC = 6;
        static final int GRAPH = 7;
        static final int OPSET_IMPORT = 8;
        static final int METADATA = 14;
        static final int TRAINING_INFO = 20;
        static final int FUNCTIONS = 25;
        static final int CONFIGURATION = 26;

        private ModelField() {}
    }

    /// OperatorSetIdProto.
    static final class OpsetField {
        static final int DOMAIN = 1;
        static final int VERSION = 2;

        private OpsetField() {}
    }

    /// StringStringEntryProto.
    static final class EntryField {
        static final int KEY = 1;
        static final int VALUE = 2;

        private EntryField() {}
    }

    static final class GraphField {
        static final int NODE = 1;
        static final int NAME = 2;
        static final int INITIALIZER = 5;
        static final int DOC = 10;
        static final int INPUT = 11;
        static final int OUTPUT = 12;
        static final int VALUE_INFO = 13;
        static final int SPARSE_INITIALIZER = 15;

        private GraphField() {}
    }

    /// SparseTensorProto.
    static final class SparseField {
        static final int VALUES = 1;
        static final int INDICES = 2;
        static final int DIMS = 3;

        private SparseField() {}
    }

    static final class FunctionField {
        static final int NAME = 1;
        static final int INPUT = 4;
        static final int OUTPUT = 5;
        static final int ATTRIBUTE = 6;
        static final int NODE = 7;
        static final int DOC = 8;
        static final int OPSET_IMPORT = 9;
        static final int DOMAIN = 10;
        static final int ATTRIBUTE_DEFAULT = 11;
        static final int VALUE_INFO = 12;
        static final int OVERLOAD = 13;

        private FunctionField() {}
    }

    static final class NodeField {
        static final int INPUT = 1;
        static final int OUTPUT = 2;
        static final int NAME = 3;
        static final int OP_TYPE = 4;
        static final int ATTRIBUTE = 5;
        static final int DOMAIN = 7;
        static final int OVERLOAD = 8;

        private NodeField() {}
    }

    /// AttributeProto, and its type codes.
    static final class AttributeField {
        static final int NAME = 1;
        static final int F = 2;
        static final int I = 3;
        static final int S = 4;
        static final int T = 5;
        static final int G = 6;
        static final int FLOATS = 7;
        static final int INTS = 8;
        static final int STRINGS = 9;
        static final int TENSORS = 10;
        static final int GRAPHS = 11;
        static final int TP = 14;
        static final int TYPE = 20;
        static final int REF = 21;
        static final int SPARSE_TENSOR = 22;
        static final int SPARSE_TENSORS = 23;

        static final int TYPE_FLOAT = 1;
        static final int TYPE_INT = 2;
        static final int TYPE_STRING = 3;
        static final int TYPE_TENSOR = 4;
        static final int TYPE_GRAPH = 5;
        static final int TYPE_FLOATS = 6;
        static final int TYPE_INTS = 7;
        static final int TYPE_STRINGS = 8;
        static final int TYPE_TENSORS = 9;
        static final int TYPE_GRAPHS = 10;
        static final int TYPE_TYPE_PROTO = 13;

        private AttributeField() {}
    }

    static final class TensorField {
        static final int DIMS = 1;
        static final int DATA_TYPE = 2;
        static final int FLOAT_DATA = 4;
        static final int INT32_DATA = 5;
        static final int STRING_DATA = 6;
        static final int INT64_DATA = 7;
        static final int NAME = 8;
        static final int RAW_DATA = 9;
        static final int DOUBLE_DATA = 10;
        static final int UINT64_DATA = 11;
        static final int EXTERNAL_DATA = 13;
        static final int DATA_LOCATION = 14;

        private TensorField() {}
    }

    /// ValueInfoProto.
    static final class ValueField {
        static final int NAME = 1;
        static final int TYPE = 2;

        private ValueField() {}
    }

    static final class TypeField {
        static final int TENSOR = 1;
        static final int SEQUENCE = 4;
        static final int MAP = 5;
        static final int SPARSE_TENSOR = 8;
        static final int OPTIONAL = 9;

        private TypeField() {}
    }

    /// TensorShapeProto.Dimension.
    static final class DimField {
        static final int VALUE = 1;
        static final int PARAM = 2;

        private DimField() {}
    }
}
