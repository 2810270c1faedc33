package dev.lathe.app;

import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.parts.Pane;
import dev.lathe.app.project.ColourBy;
import dev.lathe.app.toolbar.Command;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.Place;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Whether what a [Screenshot.Request] names is there, in the window and in the model; a name that is not is
/// answered with those that are.
final class ScreenshotNames {
    /// More names than this are not read by anybody.
    private static final int MOST_LISTED = 40;

    private final Screenshot.Request request;
    private final LatheWindow window;

    ScreenshotNames(Screenshot.Request request, LatheWindow window) {
        this.request = request;
        this.window = window;
    }

    /// What is wrong with the names of panes, colours and commands, before any model is opened.
    Optional<Diagnostic> ofTheWindow() {
        List<String> panes = window.tabs().panes().stream().map(Pane::title).toList();
        List<String> colours =
                Arrays.stream(ColourBy.values()).map(ColourBy::label).toList();
        List<String> commands =
                window.commands().all().stream().map(Command::id).toList();
        return unknown("--pane", "pane", request.pane(), panes, panes.stream().anyMatch(p -> is(p, request.pane())))
                .or(() -> unknown(
                        "--colour-by",
                        "quantity",
                        request.colourBy(),
                        colours,
                        request.colourBy().flatMap(ColourBy::named).isPresent()))
                .or(() -> unknown(
                        "--command",
                        "command",
                        request.command(),
                        commands,
                        request.command().filter(commands::contains).isPresent()));
    }

    /// What is wrong with the names of nodes and blocks of the model that is shown.
    Optional<Diagnostic> ofTheModel() {
        return window.workbench().store().state().shownModel().flatMap(m -> in(m.graph()));
    }

    private Optional<Diagnostic> in(Graph graph) {
        if (request.select().filter(name -> node(graph, name).isEmpty()).isPresent()) {
            return unknown(
                    "--select",
                    "node",
                    request.select(),
                    graph.nodes().stream().map(Node::shownName).toList(),
                    false);
        }
        ScopeTree tree = ScopeTree.of(graph);
        for (String block : request.expand()) {
            if (tree.scope(block).isEmpty()) {
                return unknown("--expand", "block", Optional.of(block), blocks(tree), false);
            }
        }
        return Optional.empty();
    }

    /// The node of this name, or else the first one whose name has it as a part.
    static Optional<Node> node(Graph graph, String name) {
        return graph.nodes().stream()
                .filter(n -> n.shownName().contains(name))
                .min(Comparator.comparing((Node n) -> !n.shownName().equals(name))
                        .thenComparing(Node::shownName));
    }

    private static boolean is(String known, Optional<String> name) {
        return name.filter(known::equalsIgnoreCase).isPresent();
    }

    /// All blocks, the outer ones first.
    private static List<String> blocks(ScopeTree tree) {
        List<String> found = new ArrayList<>();
        List<ScopeTree.Scope> level = List.of(tree.root());
        while (!level.isEmpty()) {
            List<ScopeTree.Scope> next = new ArrayList<>();
            for (ScopeTree.Scope scope : level) {
                for (ScopeTree.Item item : scope.items()) {
                    if (item instanceof ScopeTree.Scope inner) {
                        found.add(inner.path());
                        next.add(inner);
                    }
                }
            }
            level = next;
        }
        return found;
    }

    private static Optional<Diagnostic> unknown(
            String option, String what, Optional<String> name, List<String> known, boolean isKnown) {
        if (name.isEmpty() || isKnown) {
            return Optional.empty();
        }
        String all = known.isEmpty()
                ? "there are none."
                : "there is "
                        + String.join(", ", known.subList(0, Math.min(MOST_LISTED, known.size())))
                        + (known.size() > MOST_LISTED ? " and " + (known.size() - MOST_LISTED) + " more." : ".");
        return Optional.of(Diagnostic.error(
                "wrong-option", "there is no " + what + " '" + name.get() + "'; " + all, new Place.AtOption(option)));
    }
}
