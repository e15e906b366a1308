/// Reads YAML text by the description of a block.
///
/// Nothing outside this package knows that the file is YAML. The text is parsed into [YamlNode]s, which keep
/// their positions; [BlockReader] walks a description and the nodes side by side and gathers every problem.
///
/// What YAML does to surprise its users is left out: a value is the text as it stands, so `no`, `0x10` and `1e3`
/// are never taken for anything else; tags, merge keys and several documents in one file are refused; anchors and
/// aliases work, but what they expand to is bounded.
@NullMarked
package dev.pgbraid.config.yaml;

import org.jspecify.annotations.NullMarked;
