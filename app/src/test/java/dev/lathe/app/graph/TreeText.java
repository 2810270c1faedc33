package dev.lathe.app.graph;

import dev.lathe.app.graph.ScopeTree.Item;
import dev.lathe.app.graph.ScopeTree.Leaf;
import dev.lathe.app.graph.ScopeTree.Scope;
import dev.lathe.core.JobContext;
import dev.lathe.graph.io.Formats;
import java.nio.file.Path;

/// Prints a scope tree as text: for golden tests, and as a program for looking at the trees of model files.
final class TreeText {
    private TreeText() {}

    static String of(ScopeTree tree, int depth) {
        StringBuilder b = new StringBuilder();
        print(tree.root(), 0, depth, b);
        return b.toString();
    }

    private static void print(Scope s, int indent, int depth, StringBuilder b) {
        for (Item i : s.items()) {
            if (i instanceof Leaf l && !l.folded()) {
                b.append("  ".repeat(indent)).append(l.label()).append('\n');
            }
            if (i instanceof Scope c) {
                String kind = c.isLayer() ? "=" : c.kind() == ScopeTree.Kind.PART ? "~" : "+";
                b.append("  ".repeat(indent) + kind + " " + c.label() + " "
                        + c.nodes().size() + "\n");
                if (!c.isLayer() && indent + 1 < depth) {
                    print(c, indent + 1, depth, b);
                }
            }
        }
    }

    public static void main(String[] files) throws Exception {
        int depth = Integer.parseInt(files[0]);
        for (int i = 1; i < files.length; i++) {
            var model = Formats.open(Path.of(files[i]), JobContext.quiet());
            long t = System.nanoTime();
            ScopeTree tree = ScopeTree.of(model.graph());
            System.out.printf(
                    "== %s  %d nodes, %d layers, %d ms%n%s",
                    files[i],
                    model.graph().nodes().size(),
                    tree.layers().size(),
                    (System.nanoTime() - t) / 1_000_000,
                    of(tree, depth));
        }
    }
}
