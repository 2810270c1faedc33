package dev.lathe.app.graph;

import dev.lathe.app.graph.ScopeTree.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A scope while the tree is being built: child blocks and nodes (by number) that lie directly in it.
final class Block {
    String label;
    Kind kind;
    final List<Block> blocks = new ArrayList<>();
    final List<Integer> nodes = new ArrayList<>();
    /// The node that the block stands for, −1 for none.
    int head = -1;
    /// The label is an operator's name, not one that the file gives.
    boolean plain;

    Block(String label, Kind kind) {
        this.label = label;
        this.kind = kind;
    }

    IntStream all() {
        return IntStream.concat(
                nodes.stream().mapToInt(Integer::intValue), blocks.stream().flatMapToInt(Block::all));
    }

    /// Nodes in here, at any depth, that are drawn.
    int shownNodes(Flow flow) {
        return (int) all().filter(i -> !flow.folded.get(i)).count();
    }

    /// Boxes that stand directly in here.
    int shownItems(Flow flow) {
        return blocks.size()
                + (int) nodes.stream().filter(i -> !flow.folded.get(i)).count();
    }

    /// The first node that is drawn, or the first at all: blocks are ordered by it.
    int first(Flow flow) {
        return all().filter(i -> !flow.folded.get(i))
                .min()
                .orElseGet(() -> all().min().orElse(0));
    }

    boolean isLayer() {
        return kind == Kind.LAYER;
    }
}
