/// Who may come in, and how they prove it. No sockets: what is said and asked are messages.
///
/// [LoginRules] picks a [LoginMethod] for an [Applicant]; the method holds the proofs against what [Users] knows. A
/// user
/// who does not exist is asked the same, takes the same time and is refused in the same words as a wrong password.
@NullMarked
package dev.pgbraid.proxy.login;

import org.jspecify.annotations.NullMarked;
