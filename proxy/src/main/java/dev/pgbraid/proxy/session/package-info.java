/// What a session is, without any input or output: its states, what a backend owes it, its prepared statements.
///
/// A session is lent a backend for as long as a transaction lasts.
///
/// ```
///            StatementArrived            BackendGranted
///   Idle ────────────────────► Waiting ────────────────► Attached
///    ▲ ▲                          │                         │
///    │ │ SyncReceived             │ BackendRefused          │ BackendFree
///    │ └───────────── Discarding ◄┘                         │
///    └──────────────────────────────────────────────────────┘
/// ```
///
/// [SessionMachine] holds these transitions; [ExpectedResponses] holds, within `Attached`, what the backend still
/// owes for the messages that were sent to it. An [Outcome] waits with a response for what becomes of its message.
///
/// What outlives a transaction is in [Belongings]. [ChangeReader] reads from each text what it may change of them; when
/// the transaction is over and something may have changed, an [Inspection] asks the server what has:
///
/// ```
///   SET, CREATE TEMP … ──► suspected ──(transaction over)──► Inspection ──► settings: travel with the session
///                                                                      └──► ties: keep it on its backend
/// ```
///
/// A backend that is lent next is set to the session's settings in the same write as its statement.
@NullMarked
package dev.pgbraid.proxy.session;

import org.jspecify.annotations.NullMarked;
