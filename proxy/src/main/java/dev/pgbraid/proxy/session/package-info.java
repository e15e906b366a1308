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
/// owes for the messages that were sent to it.
@NullMarked
package dev.pgbraid.proxy.session;

import org.jspecify.annotations.NullMarked;
