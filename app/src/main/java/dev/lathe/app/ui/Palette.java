package dev.lathe.app.ui;

import java.util.List;

/// The colours of one theme, as 0xRRGGBB, for what is drawn by hand (canvas, charts, reports). Style sheets
/// name the same colours.
///
/// `canvas` is the ground of the graph, `pane` of panes and overlays, `block` of blocks and headers;
/// `strong` for titles and key figures, then `text`, `muted`, `subtle`; `border` and `rule` lines; `edge`
/// and `grid` of the canvas; `accent` selection and links, `accentFill` primary buttons, `selected` the
/// fill of what is selected; `good`, `warn`, `bad`; `track` the ground of bars.
public record Palette(
        boolean dark,
        int canvas,
        int pane,
        int block,
        int strong,
        int text,
        int muted,
        int subtle,
        int border,
        int rule,
        int edge,
        int grid,
        int accent,
        int accentFill,
        int selected,
        int good,
        int warn,
        int bad,
        int track) {

    public static final Palette DARK = new Palette(
            true, 0x0a0e14, 0x0d1117, 0x161b22, 0xf0f6fc, 0xc9d1d9, 0x8b949e, 0x6e7781, 0x30363d, 0x21262d, 0x484f58,
            0x1b212a, 0x58a6ff, 0x1f6feb, 0x132339, 0x3fb950, 0xd29922, 0xf85149, 0x191e25);

    public static final Palette LIGHT = new Palette(
            false, 0xfbfcfd, 0xffffff, 0xf6f8fa, 0x1b1f24, 0x24292f, 0x57606a, 0x6e7781, 0xd0d7de, 0xe4e8ec, 0xafb8c1,
            0xeaeef2, 0x0969da, 0x0969da, 0xddf4ff, 0x1a7f37, 0x9a6700, 0xcf222e, 0xf2f5f7);

    /// Okabe-Ito in the order in which stages, devices and kinds take them: sky, orange, green, purple,
    /// blue, vermilion, yellow.
    public static final List<Integer> CATEGORIES =
            List.of(0x56B4E9, 0xE69F00, 0x009E73, 0xCC79A7, 0x0072B2, 0xD55E00, 0xF0E442);

    /// Colour of a category that means "mixed" or "other".
    public static final int OTHER = 0x999999;

    public static Palette of(boolean dark) {
        return dark ? DARK : LIGHT;
    }

    /// The colour of stage, device or kind number `index`; they repeat after seven, see [#hatched].
    public static int category(int index) {
        return CATEGORIES.get(Math.floorMod(index, CATEGORIES.size()));
    }

    /// Whether number `index` repeats a colour and therefore carries hatching.
    public static boolean hatched(int index) {
        return index >= CATEGORIES.size();
    }

    /// `#rrggbb`, for style sheets and reports.
    public static String hex(int rgb) {
        return String.format(java.util.Locale.ROOT, "#%06x", rgb & 0xffffff);
    }
}
