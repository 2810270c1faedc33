package dev.lathe.graph;

/// Hands out fresh ids of one model. Confined to one thread; made by [Model#newIds] or by an importer.
public final class IdSpace {
    private int nextNode;
    private int nextValue;

    public IdSpace(int nextNode, int nextValue) {
        this.nextNode = nextNode;
        this.nextValue = nextValue;
    }

    public NodeId node() {
        return new NodeId(nextNode++);
    }

    public ValueId value() {
        return new ValueId(nextValue++);
    }
}
