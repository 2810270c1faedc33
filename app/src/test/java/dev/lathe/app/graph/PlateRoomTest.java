package dev.lathe.app.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.geometry.Rectangle2D;
import org.junit.jupiter.api.Test;

class PlateRoomTest {
    private static final Rectangle2D AREA = new Rectangle2D(16, 100, 768, 200);
    private static final List<Double> WIDTHS = List.of(200.0, 120.0);

    private static PlateRoom.Spot spot(Rectangle2D... taken) {
        return new PlateRoom(List.of(taken)).find(AREA, WIDTHS, 18).orElseThrow();
    }

    @Test
    void aPlateLiesTopLeftInItsPreferredForm() {
        assertThat(spot(new Rectangle2D(300, 100, 300, 40))).isEqualTo(new PlateRoom.Spot(0, 16, 100));
    }

    @Test
    void besideABlockItGoesToTheOtherSideBeforeItGetsShorter() {
        assertThat(spot(new Rectangle2D(180, 90, 300, 40))).isEqualTo(new PlateRoom.Spot(0, 584, 100));
    }

    @Test
    void whereBothSidesAreNarrowItGetsShorter() {
        assertThat(spot(new Rectangle2D(180, 90, 500, 40))).isEqualTo(new PlateRoom.Spot(1, 16, 100));
    }

    @Test
    void whereARowIsFullItGoesBelow() {
        assertThat(spot(new Rectangle2D(0, 90, 800, 40)).y()).isGreaterThanOrEqualTo(130);
    }

    @Test
    void aFullAreaHasNoPlace() {
        assertThat(new PlateRoom(List.of(AREA)).find(AREA, WIDTHS, 18)).isEmpty();
    }
}
