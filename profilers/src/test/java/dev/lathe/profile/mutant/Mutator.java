package dev.lathe.profile.mutant;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// Changes one thing in a model, drawn by chance: an input or output of a node, an attribute, what an input is declared
/// as, the opset, what a weight holds. Most mutants are wrong; some are not.
final class Mutator {
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int FLOATS = 6;
    private static final int INTS = 7;
    private static final int INT64 = 7;
    private static final int NEWEST_OPSET = 26;

    /// What is changed.
    enum Kind {
        INPUT_DROPPED,
        INPUT_ADDED,
        INPUT_EMPTY,
        INPUTS_SWAPPED,
        OUTPUT_DROPPED,
        OUTPUT_ADDED,
        ATTRIBUTE_DROPPED,
        ATTRIBUTE_TYPE,
        ATTRIBUTE_VALUE,
        ATTRIBUTE_LENGTH,
        ATTRIBUTE_TWICE,
        ATTRIBUTE_UNKNOWN,
        INPUT_TYPE,
        INPUT_RANK,
        INPUT_SIZE,
        OUTPUT_TYPE,
        OUTPUT_RANK,
        WEIGHT_CONTENT,
        OPSET,
        OPERATOR
    }

    /// @param operator the node's that was changed, or the first one where none was
    /// @param change what was done, for people
    record Mutant(Kind kind, String operator, String change, ModelPart model) {
        /// The mutated nodes in a branch that does not run where the condition does not hold; the others run then. What
        /// is not of nodes stays as it is.
        Mutant inBranch(ModelPart original) {
            boolean nodes = original.getOpsetImportList().stream()
                            .anyMatch(o -> o.getDomain().isEmpty())
                    && model.getGraph()
                            .getInputList()
                            .equals(original.getGraph().getInputList())
                    && model.getGraph()
                            .getOutputList()
                            .equals(original.getGraph().getOutputList())
                    && model.getOpsetImportList().equals(original.getOpsetImportList());
            return nodes ? new Mutant(kind, operator, change + ", in a branch", Branched.of(model, original)) : this;
        }
    }

    private final SplittableRandom random;

    Mutator(long seed) {
        random = new SplittableRandom(seed);
    }

    /// Nothing where what was drawn cannot be changed so.
    Optional<Mutant> mutate(ModelPart original) {
        Kind kind = pick(List.of(Kind.values()));
        ModelPart.Builder model = original.toBuilder();
        NodePart.Builder node = pick(nodes(model.getGraphBuilder()));
        String operator = operator(node);
        Optional<String> change = switch (kind) {
            case INPUT_TYPE, INPUT_RANK, INPUT_SIZE ->
                declared(kind, model.getGraphBuilder().getInputBuilderList());
            case OUTPUT_TYPE, OUTPUT_RANK ->
                declared(kind, model.getGraphBuilder().getOutputBuilderList());
            case WEIGHT_CONTENT -> content(model.getGraphBuilder());
            case OPSET -> opset(model);
            default -> node(kind, node, model.getGraph());
        };
        return change.map(c -> new Mutant(kind, operator, c, model.build()));
    }

    /// Those of bodies too.
    private static List<NodePart.Builder> nodes(GraphPart.Builder graph) {
        List<NodePart.Builder> all = new ArrayList<>();
        for (NodePart.Builder node : graph.getNodeBuilderList()) {
            all.add(node);
            for (AttributePart.Builder attribute : node.getAttributeBuilderList()) {
                if (attribute.hasG()) {
                    all.addAll(nodes(attribute.getGBuilder()));
                }
            }
        }
        return all;
    }

    private static String operator(NodePart.Builder node) {
        return node.getDomain().isEmpty() ? node.getOpType() : node.getDomain() + ":" + node.getOpType();
    }

    private Optional<String> node(Kind kind, NodePart.Builder node, GraphPart graph) {
        int inputs = node.getInputCount();
        List<AttributePart.Builder> attributes = node.getAttributeBuilderList();
        return switch (kind) {
            case INPUT_DROPPED ->
                when(inputs > 0, () -> {
                    List<String> fewer = node.getInputList().subList(0, inputs - 1);
                    node.clearInput().addAllInput(List.copyOf(fewer));
                    return "the last of " + inputs + " inputs";
                });
            case INPUT_ADDED ->
                when(graph.getInputCount() > 0, () -> {
                    node.addInput(graph.getInput(0).getName());
                    return graph.getInput(0).getName();
                });
            case INPUT_EMPTY ->
                when(inputs > 0, () -> {
                    int at = random.nextInt(inputs);
                    node.setInput(at, "");
                    return "input " + at;
                });
            case INPUTS_SWAPPED ->
                when(inputs > 1, () -> {
                    int a = random.nextInt(inputs);
                    int b = (a + 1 + random.nextInt(inputs - 1)) % inputs;
                    String first = node.getInput(a);
                    node.setInput(a, node.getInput(b)).setInput(b, first);
                    return a + " and " + b;
                });
            case OUTPUT_DROPPED ->
                when(node.getOutputCount() > 1, () -> {
                    List<String> fewer = node.getOutputList().subList(0, node.getOutputCount() - 1);
                    node.clearOutput().addAllOutput(List.copyOf(fewer));
                    return "the last output";
                });
            case OUTPUT_ADDED -> {
                node.addOutput("one_more");
                yield Optional.of("one_more");
            }
            case ATTRIBUTE_UNKNOWN -> {
                node.addAttribute(
                        AttributePart.newBuilder().setName("bogus").setType(INT).setI(1));
                yield Optional.of("bogus");
            }
            case OPERATOR -> {
                node.setOpType(node.getOpType() + "X");
                yield Optional.of(node.getOpType());
            }
            case ATTRIBUTE_DROPPED ->
                when(!attributes.isEmpty(), () -> {
                    int at = random.nextInt(attributes.size());
                    String name = attributes.get(at).getName();
                    node.removeAttribute(at);
                    return name;
                });
            case ATTRIBUTE_TWICE ->
                when(!attributes.isEmpty(), () -> {
                    AttributePart again = pick(attributes).build();
                    node.addAttribute(again);
                    return again.getName();
                });
            case ATTRIBUTE_TYPE ->
                when(!attributes.isEmpty(), () -> {
                    AttributePart.Builder a = pick(attributes);
                    AttributePart other = anything(a.getName());
                    a.clear().mergeFrom(other);
                    return words(other);
                });
            case ATTRIBUTE_VALUE -> attributes.isEmpty() ? Optional.empty() : value(pick(attributes));
            case ATTRIBUTE_LENGTH -> attributes.isEmpty() ? Optional.empty() : length(pick(attributes));
            default -> throw new IllegalArgumentException(kind.name());
        };
    }

    private AttributePart anything(String name) {
        AttributePart.Builder a = AttributePart.newBuilder().setName(name);
        return switch (random.nextInt(5)) {
            case 0 -> a.setType(INT).setI(1).build();
            case 1 -> a.setType(FLOAT).setF(1.5f).build();
            case 2 -> a.setType(STRING).setS(ByteString.copyFromUtf8("s")).build();
            case 3 -> a.setType(INTS).addInts(1).addInts(2).build();
            default -> a.setType(FLOATS).addFloats(1).addFloats(2).build();
        };
    }

    private Optional<String> value(AttributePart.Builder a) {
        switch (a.getType()) {
            case INT -> a.setI(pick(List.of(-1L, 0L, 2L, 3L, -7L, 99L, 40L)));
            case FLOAT -> a.setF(-5);
            case STRING -> a.setS(ByteString.copyFromUtf8("bogus"));
            case INTS -> {
                if (a.getIntsCount() == 0) {
                    return Optional.empty();
                }
                a.setInts(random.nextInt(a.getIntsCount()), pick(List.of(-1L, 0L, 2L, -7L, 99L)));
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(words(a.build()));
    }

    private Optional<String> length(AttributePart.Builder a) {
        boolean shorter = random.nextBoolean();
        if (a.getIntsCount() + a.getFloatsCount() + a.getStringsCount() == 0) {
            return Optional.empty();
        }
        if (a.getIntsCount() > 0) {
            List<Long> all = List.copyOf(a.getIntsList());
            a.clearInts().addAllInts(shorter ? all.subList(0, all.size() - 1) : more(all));
        } else if (a.getFloatsCount() > 0) {
            List<Float> all = List.copyOf(a.getFloatsList());
            a.clearFloats().addAllFloats(shorter ? all.subList(0, all.size() - 1) : more(all));
        } else {
            List<ByteString> all = List.copyOf(a.getStringsList());
            a.clearStrings().addAllStrings(shorter ? all.subList(0, all.size() - 1) : more(all));
        }
        return Optional.of(words(a.build()));
    }

    private static <T> List<T> more(List<T> all) {
        List<T> more = new ArrayList<>(all);
        more.add(all.getFirst());
        return more;
    }

    private static String words(AttributePart a) {
        return a.getName() + " = "
                + switch (a.getType()) {
                    case INT -> a.getI();
                    case FLOAT -> a.getF();
                    case STRING -> a.getS().toStringUtf8();
                    case INTS -> a.getIntsList();
                    case FLOATS -> a.getFloatsList();
                    default -> a.getStringsList().size() + " strings";
                };
    }

    private Optional<String> declared(Kind kind, List<ValuePart.Builder> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        ValuePart.Builder value = pick(values);
        if (!value.getType().hasTensorType()) {
            return Optional.empty();
        }
        TensorTypePart.Builder type = value.getTypeBuilder().getTensorTypeBuilder();
        switch (kind) {
            case INPUT_TYPE, OUTPUT_TYPE -> type.setElemType(pick(List.of(1, 2, 3, 6, 7, 8, 9, 10, 11, 14, 16)));
            case INPUT_SIZE -> {
                ShapePart.Builder shape = type.getShapeBuilder();
                if (shape.getDimCount() == 0) {
                    return Optional.empty();
                }
                shape.getDimBuilder(random.nextInt(shape.getDimCount()))
                        .setDimValue(pick(List.of(1L, 7L, 13L, 0L, -4L)));
            }
            default -> {
                ShapePart.Builder shape = type.getShapeBuilder();
                if (shape.getDimCount() > 0 && random.nextBoolean()) {
                    shape.removeDim(shape.getDimCount() - 1);
                } else {
                    shape.addDim(DimPart.newBuilder().setDimValue(2));
                }
            }
        }
        return Optional.of(value.getName() + " type " + type.getElemType() + " "
                + type.getShape().getDimList().stream()
                        .map(d -> d.hasDimParam() ? d.getDimParam() : Long.toString(d.getDimValue()))
                        .toList());
    }

    /// One number of a weight of whole numbers, as shapes and axes are.
    private Optional<String> content(GraphPart.Builder graph) {
        List<TensorPart.Builder> whole = graph.getInitializerBuilderList().stream()
                .filter(t -> t.getDataType() == INT64
                        && t.getInt64DataCount() + t.getRawData().size() / 8 > 0)
                .toList();
        if (whole.isEmpty()) {
            return Optional.empty();
        }
        TensorPart.Builder t = pick(whole);
        List<Long> numbers = new ArrayList<>(t.getInt64DataList());
        ByteBuffer raw = t.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        while (raw.remaining() >= 8) {
            numbers.add(raw.getLong());
        }
        numbers.set(random.nextInt(numbers.size()), pick(List.of(-2L, 0L, 3L, 99L, -9L)));
        t.clearRawData().clearInt64Data().addAllInt64Data(numbers);
        return Optional.of(t.getName() + " = " + numbers);
    }

    private Optional<String> opset(ModelPart.Builder model) {
        return when(model.getOpsetImportCount() > 0, () -> {
            long version = 1 + random.nextInt(NEWEST_OPSET);
            model.getOpsetImportBuilder(0).setVersion(version);
            return Long.toString(version);
        });
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static Optional<String> when(boolean possible, Supplier<String> change) {
        return possible ? Optional.of(change.get()) : Optional.empty();
    }
}
