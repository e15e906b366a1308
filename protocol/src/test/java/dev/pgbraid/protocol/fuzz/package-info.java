/// Coverage-guided fuzzing of every decoder, for as long as one likes.
///
/// ```text
/// mvn -pl protocol -am verify -DskipTests -Pfuzz -Dfuzz.target=frontend.Bind -Dfuzz.seconds=3600
/// ```
///
/// The target is a message by its package and name, `FrameDecoder`, `StartupPhase`, `ScramServer`, `ScramClient` or,
/// unless one is named, `all`: then the first byte of the input chooses. What was learned stays in the folder
/// `target/fuzz/<target>`, so a further run goes on from there. An input that breaks a target fails the build and is
/// kept there as `crash-…`.
@NullMarked
package dev.pgbraid.protocol.fuzz;

import org.jspecify.annotations.NullMarked;
