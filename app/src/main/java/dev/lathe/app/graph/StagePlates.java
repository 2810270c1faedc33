package dev.lathe.app.graph;

import dev.lathe.app.ui.Palette;
import dev.lathe.graph.target.Stage;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Rectangle2D;

/// The plates that name stages and say what crosses their borders. None is cut: where there is little room the device's
/// name gets shorter, then the plate goes where it fits.
final class StagePlates {
    private static final double HEIGHT = 18;
    private static final double GAP = 10;
    private static final double EDGE = 16;
    private static final double CROSSING = 22;

    private final Brush b;

    StagePlates(Brush brush) {
        b = brush;
    }

    /// What a plate says beside the stage's badge.
    private record Form(String device, String time) {}

    /// Names the stage between two heights of the screen.
    void stage(Stage stage, String time, double top, double bottom, double width, PlateRoom room) {
        String badge = "Stage " + (stage.index() + 1);
        double badgeW = b.width(badge, 11, true) + 20;
        List<Form> forms = forms(stage.device().name(), time);
        List<Double> widths = forms.stream().map(f -> badgeW + width(f)).toList();
        Rectangle2D area = new Rectangle2D(EDGE, top + 4, Math.max(0, width - 2 * EDGE), Math.max(0, bottom - top - 8));
        Optional<PlateRoom.Spot> free = room.find(area, widths, HEIGHT);
        PlateRoom.Spot at = free.orElse(new PlateRoom.Spot(forms.size() - 1, EDGE, top + 4));
        double w = widths.get(at.form());
        room.take(new Rectangle2D(at.x(), at.y(), w, HEIGHT));
        if (free.isEmpty()) {
            // It lies on blocks: what it says must be read all the same.
            b.fill(at.x() - 4, at.y() - 2, w + 12, HEIGHT + 4, 4, b.colour(b.palette.pane()));
        }
        paint(stage.index(), badge, badgeW, forms.get(at.form()), at);
    }

    private void paint(int index, String badge, double badgeW, Form form, PlateRoom.Spot at) {
        double y = at.y() + HEIGHT / 2;
        b.fill(at.x(), at.y(), badgeW, HEIGHT, 4, b.colour(Palette.category(index)));
        b.textMiddle(badge, at.x() + badgeW / 2, y, 11, true, index % 7 == 4 ? 0xffffff : 0x0d1117, badgeW);
        double x = at.x() + badgeW + GAP;
        x += b.text(form.device(), x, y, 11, true, b.palette.strong(), 1e9) + GAP;
        b.text(form.time(), x, y, 11, false, b.palette.muted(), 1e9);
    }

    private double width(Form f) {
        double device = f.device().isEmpty() ? 0 : GAP + b.width(f.device(), 11, true);
        return device + (f.time().isEmpty() ? 0 : GAP + b.width(f.time(), 11, false));
    }

    /// The longest first. Of a device's name the end says which it is: `AMD EPYC · core 0`.
    private static List<Form> forms(String device, String time) {
        String brief = device.substring(device.lastIndexOf("· ") + 1).strip();
        return time.isEmpty()
                ? List.of(new Form(device, ""), new Form(brief, ""))
                : List.of(
                        new Form(device, time + " per request"),
                        new Form(brief, time + " per request"),
                        new Form(brief, time));
    }

    /// What crosses the border at height `y`: left of its handle, else right of it, else below or above.
    void crossing(String text, Rectangle2D handle, double width, PlateRoom room) {
        if (text.isEmpty()) {
            return;
        }
        double w = b.width(text, 11, false) + 20;
        double y = handle.getMinY();
        List<Rectangle2D> places = List.of(
                new Rectangle2D(Math.max(0, handle.getMinX() - 12 - w), y, w, CROSSING),
                new Rectangle2D(handle.getMaxX() + 12, y, w, CROSSING),
                new Rectangle2D(Math.max(0, width - EDGE - w), y, w, CROSSING),
                new Rectangle2D(Math.max(0, handle.getMaxX() - w), y + CROSSING + 4, w, CROSSING),
                new Rectangle2D(Math.max(0, handle.getMaxX() - w), y - CROSSING - 4, w, CROSSING));
        Rectangle2D at = places.stream()
                .filter(p -> p.getMaxX() <= width && room.isFree(p))
                .findFirst()
                .orElse(places.getFirst());
        room.take(at);
        b.fill(at.getMinX(), at.getMinY(), w, CROSSING, 4, b.colour(b.palette.pane()));
        b.border(at.getMinX(), at.getMinY(), w, CROSSING, 4, b.colour(b.palette.border()), 1);
        b.text(text, at.getMinX() + 10, at.getMinY() + CROSSING / 2, 11, false, b.palette.text(), w);
    }
}
