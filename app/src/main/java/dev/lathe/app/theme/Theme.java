package dev.lathe.app.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.lathe.app.ui.Palette;

/// A look of the window: AtlantaFX's Primer, and our tokens over it.
public enum Theme {
    DARK(new PrimerDark().getUserAgentStylesheet(), Palette.DARK),
    LIGHT(new PrimerLight().getUserAgentStylesheet(), Palette.LIGHT);

    private final String base;
    private final Palette palette;

    Theme(String base, Palette palette) {
        this.base = base;
        this.palette = palette;
    }

    /// The style sheet under ours.
    public String base() {
        return base;
    }

    /// The same colours for what is drawn by hand.
    public Palette palette() {
        return palette;
    }

    public Theme other() {
        return this == DARK ? LIGHT : DARK;
    }

    /// The style class on the root by which `lathe.css` tells the themes apart.
    public String styleClass() {
        return this == DARK ? "lathe-dark" : "lathe-light";
    }
}
