package dev.lathe.app.dialogs;

import dev.lathe.app.edit.EditOffer;
import dev.lathe.app.edit.EditOffers;
import dev.lathe.app.graph.ScopeTree;
import dev.lathe.app.parts.Controls;
import dev.lathe.app.parts.Overlay;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.StepWords;
import dev.lathe.app.project.Workbench;
import dev.lathe.graph.analyze.Analysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/// The ways to the edits of what is selected: the menu of graph and outline, the inspector's button, a key.
public final class EditMenu {
    private final Workbench workbench;
    private final Overlay overlay;
    private final Supplier<Optional<ScopeTree>> tree;
    private final ContextMenu menu = new ContextMenu();
    private final List<Supplier<MenuItem>> more = new ArrayList<>();

    /// @param tree the blocks of the shown model, once they are known
    public EditMenu(Workbench workbench, Overlay overlay, Supplier<Optional<ScopeTree>> tree) {
        this.workbench = workbench;
        this.overlay = overlay;
        this.tree = tree;
        menu.setId("edit-menu");
    }

    /// Whether there is a model to edit.
    public boolean possible() {
        return analysis().isPresent();
    }

    /// Opens the form with the first of what the selection offers.
    public void openForm() {
        analysis().ifPresent(a -> {
            List<EditOffer> offers = offers(a);
            openForm(a, offers, offers.isEmpty() ? EditOffers.free() : offers.getFirst());
        });
    }

    /// A button that opens the form.
    public Node button() {
        Node button = Controls.iconButton("mdi2p-pencil-outline", "Edit the selection… (F2)", this::openForm);
        button.setId("inspector-edit");
        return button;
    }

    /// One more entry of the menu, beside the edits.
    public void offer(String title, String icon, String id, Runnable act) {
        more.add(() -> {
            MenuItem item = new MenuItem(title, Controls.icon(icon));
            item.setId(id);
            item.setOnAction(e -> act.run());
            return item;
        });
    }

    /// Lists what the selection offers, at a place of the screen.
    public void show(Node owner, double screenX, double screenY) {
        menu.hide();
        analysis().ifPresent(a -> {
            menu.getItems().setAll(items(a));
            menu.show(owner, screenX, screenY);
        });
    }

    private List<MenuItem> items(Analysis a) {
        List<EditOffer> offers = offers(a);
        List<MenuItem> items = new ArrayList<>();
        more.forEach(m -> items.add(m.get()));
        if (!items.isEmpty() && !offers.isEmpty()) {
            items.add(new SeparatorMenuItem());
        }
        Menu attributes = new Menu("Set attribute", Controls.icon(EditOffer.Kind.SET.icon()));
        attributes.setId("edit-attributes");
        for (EditOffer o : offers) {
            if (o.kind() != EditOffer.Kind.SET) {
                items.add(item(a, offers, o));
            } else {
                if (attributes.getItems().isEmpty()) {
                    items.add(attributes);
                }
                attributes.getItems().add(item(a, offers, o));
            }
        }
        if (attributes.getItems().size() == 1) {
            items.set(items.indexOf(attributes), attributes.getItems().removeFirst());
        }
        if (!items.isEmpty()) {
            items.add(new SeparatorMenuItem());
        }
        items.add(item(a, offers, EditOffers.free()));
        StepWords.undo(workbench.store()).ifPresent(step -> {
            MenuItem undo = new MenuItem("Undo “" + step + "”", Controls.icon("mdi2u-undo"));
            undo.setMnemonicParsing(false);
            undo.setOnAction(e -> workbench.store().undo());
            items.add(undo);
        });
        return items;
    }

    private MenuItem item(Analysis a, List<EditOffer> offers, EditOffer offer) {
        String title = offer.kind() == EditOffer.Kind.FREE ? "Edit by statements…" : offer.title();
        MenuItem item = new MenuItem(title, Controls.icon(offer.kind().icon()));
        item.setMnemonicParsing(false);
        item.setOnAction(e -> openForm(a, offers, offer));
        return item;
    }

    private void openForm(Analysis a, List<EditOffer> offers, EditOffer first) {
        Project p = workbench.store().state();
        List<EditOffer> all = new ArrayList<>(offers);
        all.add(EditOffers.free());
        EditForm form = new EditForm(workbench, overlay, EditOffers.subject(a, tree.get(), p.selection()), all, first);
        overlay.showCentred(form);
        form.focusStatement();
    }

    private List<EditOffer> offers(Analysis a) {
        return EditOffers.of(a, tree.get(), workbench.store().state().selection());
    }

    private Optional<Analysis> analysis() {
        return workbench
                .store()
                .state()
                .shownAnalysis()
                .filter(a -> workbench.store().state().kind().canBeChanged());
    }
}
