package dev.lathe.graph;

/// What a node calls: an operator or a function of a model, by domain, name and overload. "ai.onnx" is the domain that
/// is also called "", and is the empty one here.
public record OperatorKey(String domain, String name, String overload) {
    public OperatorKey {
        domain = domain.equals("ai.onnx") ? "" : domain;
    }

    public static OperatorKey of(Node node) {
        return new OperatorKey(node.domain(), node.op(), node.overload());
    }

    /// For people: `ai.onnx:Relu`, `local:Twice:float`.
    public String words() {
        return (domain.isEmpty() ? "ai.onnx" : domain) + ":" + name + (overload.isEmpty() ? "" : ":" + overload);
    }

    public static OperatorKey of(Function function) {
        return new OperatorKey(function.domain(), function.name(), function.overload());
    }
}
