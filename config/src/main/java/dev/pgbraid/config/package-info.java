/// The configuration file as records, and its reader.
///
/// Each block of the file is a record. The record declares its [dev.pgbraid.config.key.Key]s, and everything else
/// comes from them: what the reader takes, the `DEFAULT` of the block, the checks of the record's constructor and
/// the table in `REFERENCE.md`.
///
/// To add a key, in the record of its block:
///
/// 1. add a component, with a `@param` that says what the key means and ends in `Reload:` and what a reload
///    applies it to (`no` when it takes a restart);
/// 2. declare the `Key`: its name (the component's in kebab-case), its kind and its default;
/// 3. name the key in `BLOCK`, in the list and in the call of the constructor, and in the constructor's checks;
/// 4. write `REFERENCE.md` anew; the test that finds it stale says how.
@NullMarked
package dev.pgbraid.config;

import org.jspecify.annotations.NullMarked;
