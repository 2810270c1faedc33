package dev.lathe.app.graph;

import dev.lathe.app.graph.GraphLayout.Box;
import dev.lathe.app.graph.GraphLayout.Kind;
import dev.lathe.app.project.Selection;
import java.util.Optional;

/// Moves a view's camera to what is asked for, or to what another scene has in the place of what was seen: at once, or
/// in a short flight.
final class CameraMoves {
    /// A place on the screen that the box with this path keeps.
    private record Hold(String path, double x, double y) {}

    private final GraphView view;
    private final Travel travel = new Travel();
    private Optional<Hold> held = Optional.empty();
    private Optional<Selection> revealWhenThere = Optional.empty();
    /// How the view was framed last, as long as nobody moved it since.
    private Optional<Framing.How> framed = Optional.empty();
    private boolean fitted;
    private boolean atOnce;

    CameraMoves(GraphView view) {
        this.view = view;
    }

    /// Whether nothing flies.
    void atOnce(boolean so) {
        atOnce = so;
    }

    boolean atOnce() {
        return atOnce;
    }

    /// Somebody moved the camera.
    void moved() {
        travel.stop();
        framed = Optional.empty();
    }

    boolean flies() {
        return travel.runs();
    }

    Camera at(long now) {
        return travel.at(now);
    }

    /// The box with this path will be opened or closed: what of it is at this place stays there.
    void holding(String path, double x, double y) {
        held = Optional.of(new Hold(path, x, y));
    }

    /// Another scene takes the place of `before`, which was of the same blocks; without one it is looked at anew.
    void arrived(Optional<GraphScene> before, GraphScene next, Opening opening) {
        if (before.isPresent()) {
            stay(before.get(), next, opening);
        } else {
            fitted = false;
        }
        held = Optional.empty();
    }

    /// Frames what was not framed yet; [#arrived] and the colours are done with.
    void settle() {
        if (!fitted && view.getWidth() > 0) {
            fitNow();
            keepSelectionInSight();
        }
        revealWhenThere.ifPresent(this::travelTo);
    }

    /// The canvas has its size now.
    void laidOut(boolean resized) {
        if (!fitted && view.scene().isPresent() && view.getWidth() > 0) {
            fitNow();
        } else if (resized && view.getWidth() > 0) {
            // What was fitted stays fitted when a message takes some of the room.
            framed.ifPresent(this::frameNow);
        }
    }

    /// What was opened or closed stays under the pointer, else its middle where it was.
    private void stay(GraphScene old, GraphScene next, Opening opening) {
        String around = next.around();
        Integer was = old.layout().byPath().get(around);
        Integer is = next.layout().byPath().get(around);
        if (was == null || is == null) {
            return;
        }
        Camera camera = view.camera();
        Box a = old.layout().boxes().get(was);
        Box b = next.layout().boxes().get(is);
        Hold at = held.filter(h -> h.path().equals(around))
                .orElse(new Hold(around, camera.screenX(a.centreX()), camera.screenY(a.y())));
        double inX = camera.layoutX(at.x()) - a.x();
        double inY = camera.layoutY(at.y()) - a.y();
        boolean corner = inX >= 0 && inX <= CanvasInput.CHEVRON;
        double dx = a.x() - b.x() + (corner ? 0 : inX - b.w() * Math.clamp(inX / a.w(), 0, 1));
        double dy = a.y() - b.y() + (inY - Math.clamp(inY, 0, b.h() - 1));
        view.camera(camera.moved(dx * camera.zoom(), dy * camera.zoom()));
        if (!atOnce) {
            opening.begin(old.layout(), next.layout(), dx, dy);
        }
        if (b.kind() == Kind.GROUP) {
            OverlayPlaces.View seen = view.framing().opened(next, b, view.camera());
            view.overlays().corner(seen.corner());
            if (!seen.camera().equals(view.camera())) {
                travel(seen.camera());
            }
        }
    }

    void fulfil(ViewRequest request) {
        switch (request) {
            case ViewRequest.Fit f -> view.scene().ifPresent(this::fitWhole);
            case ViewRequest.FitSelection f ->
                view.scene().ifPresent(s -> {
                    int box = view.selectedBox();
                    if (box < 0) {
                        fitWhole(s);
                    } else {
                        travel(view.framing().filling(s.layout().boxes().get(box)));
                    }
                });
            case ViewRequest.Zoom(double factor) ->
                view.camera(view.camera().zoomed(factor, view.getWidth() / 2, view.getHeight() / 2));
            case ViewRequest.Reveal(Selection what) -> {
                revealWhenThere = Optional.of(what);
                travelTo(what);
            }
        }
    }

    private void travelTo(Selection what) {
        int box = view.boxOf(what);
        Optional<GraphScene> scene = view.scene();
        if (scene.isEmpty() || box < 0) {
            return;
        }
        Box b = scene.get().layout().boxes().get(box);
        if (b.kind().isLeaf() || b.kind().isPill() || what instanceof Selection.OfScope) {
            revealWhenThere = Optional.empty();
        }
        travel(view.framing().on(scene.get(), b, view.camera()));
    }

    private void fitNow() {
        if (view.scene().isPresent()) {
            frameNow(Framing::first);
            fitted = true;
        }
    }

    private void frameNow(Framing.How how) {
        view.scene().ifPresent(s -> {
            OverlayPlaces.View seen = how.of(view.framing(), s);
            view.overlays().corner(seen.corner());
            view.camera(seen.camera());
            framed = Optional.of(how);
        });
    }

    private void fitWhole(GraphScene s) {
        OverlayPlaces.View seen = view.framing().whole(s);
        view.overlays().corner(seen.corner());
        travel(seen.camera());
        framed = Optional.of(Framing::whole);
    }

    /// Another variant was laid out: what was selected in the one before is looked at in this one, too.
    private void keepSelectionInSight() {
        int box = view.selectedBox();
        view.scene().filter(s -> box >= 0).map(s -> s.layout().boxes().get(box)).ifPresent(b -> {
            if (!view.framing().sees(b, view.camera())) {
                view.camera(view.framing().on(view.scene().orElseThrow(), b, view.camera()));
            }
        });
    }

    private void travel(Camera to) {
        if (atOnce || view.getWidth() <= 0) {
            view.camera(to);
            return;
        }
        framed = Optional.empty();
        travel.begin(view.camera(), to);
        view.redraw();
    }
}
