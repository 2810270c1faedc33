package dev.lathe.app.edit;

import dev.lathe.core.LatheException;
import dev.lathe.graph.edit.EditScript;

/// An edit that the window offers: a statement that is written as far as the selection says it, and the part of it
/// that the user is to write over.
///
/// @param from where that part begins
/// @param to where it ends; `from` when the statement is whole as it is
/// @param help what the statement does, in one line
public record EditOffer(Kind kind, String title, String statement, int from, int to, String help) {

    /// What is done, with the icon that stands for it.
    public enum Kind {
        RENAME("mdi2r-rename-box"),
        SET("mdi2t-tune"),
        REMOVE("mdi2d-delete-outline"),
        REPLACE("mdi2s-swap-horizontal"),
        INSERT("mdi2t-table-row-plus-after"),
        OUTPUT("mdi2l-logout"),
        TYPE("mdi2s-shape-outline"),
        CUT("mdi2c-content-cut"),
        FREE("mdi2p-pencil-outline");

        private final String icon;

        Kind(String icon) {
            this.icon = icon;
        }

        public String icon() {
            return icon;
        }
    }

    /// `before` + `part` + `behind`, with `part` to be written over.
    static EditOffer of(Kind kind, String title, String before, String part, String behind, String help) {
        return new EditOffer(
                kind, title, before + part + behind, before.length(), before.length() + part.length(), help);
    }

    /// Whether the statement can be read back: some values, such as graphs, cannot be written into one.
    boolean isReadable() {
        try {
            return EditScript.parse(statement).size() == 1;
        } catch (LatheException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
