package dev.pgbraid.router.tree;

import java.util.List;

/// A part of a statement.
public sealed interface Node
        permits Statement, QueryBody, FromItem, Grouping, Window, Merge.Action, Expression, Node.Clause {

    /// The tokens that the part was written with.
    Span span();

    /// The parts that this one is made of, in the order of the text.
    default List<Node> children() {
        return Children.of(this);
    }

    /// A part that comes in one form only.
    sealed interface Clause extends Node
            permits With,
                    With.CommonTable,
                    SelectItem,
                    SortItem,
                    Query.Limit,
                    Query.Locking,
                    Window.Definition,
                    Window.Frame,
                    FromItem.Alias,
                    FromItem.Sample,
                    Assignment,
                    Insert.Target,
                    Insert.OnConflict,
                    Insert.Arbiter,
                    Merge.When,
                    Returning,
                    Expression.Argument,
                    Expression.Index,
                    Expression.When {}
}
